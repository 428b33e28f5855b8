-- One row per landed row of ticket status changes, used or not.
{{ judged_files(
    'ticket_status_changes',
    belongs_to={'ticket_id': ref('stg_files__tickets')}
) }}
