-- One row per landed row of outbound attempts, used or not.
{{ judged_files(
    'outbound_attempts',
    codes={'channel_code': ref('channels'), 'result': ref('attempt_results')}
) }}
