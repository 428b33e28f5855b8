-- One row per landed row of self service sessions, used or not.
{{ judged_files(
    'self_service_sessions',
    belongs_to={'contact_id': ref('stg_files__contacts')}
) }}
