-- One row per landed row of queue visits, used or not.
{{ judged_files(
    'queue_visits',
    belongs_to={'contact_id': ref('stg_files__contacts')},
    codes={'exit_reason': ref('exit_reasons')}
) }}
