-- One row per landed row of tickets, used or not.
{{ judged_files(
    'tickets',
    belongs_to={'contact_id': ref('stg_files__contacts')}
) }}
