-- One row per landed row of ticket SLA targets, used or not.
{{ judged_files(
    'ticket_sla_targets',
    belongs_to={'ticket_id': ref('stg_files__tickets')}
) }}
