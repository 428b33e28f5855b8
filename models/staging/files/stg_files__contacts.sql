-- One row per landed row of contacts, used or not.
{{ judged_files(
    'contacts',
    codes={'channel_code': ref('channels')}
) }}
