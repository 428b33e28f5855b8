-- One row per landed row of queue day totals, used or not.
{{ judged_files(
    'queue_day_totals',
    codes={'channel_code': ref('channels')}
) }}
