-- One row per landed row of business events, used or not.
{{ judged_files(
    'business_events',
    codes={'channel_code': ref('channels')}
) }}
