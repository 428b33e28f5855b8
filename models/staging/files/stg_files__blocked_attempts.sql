-- One row per landed row of blocked attempts, used or not.
{{ judged_files(
    'blocked_attempts',
    codes={'channel_code': ref('channels')}
) }}
