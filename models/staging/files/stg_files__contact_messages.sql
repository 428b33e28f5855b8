-- One row per landed row of contact messages, used or not.
{{ judged_files(
    'contact_messages',
    belongs_to={'contact_id': ref('stg_files__contacts'), 'ticket_id': ref('stg_files__tickets')}
) }}
