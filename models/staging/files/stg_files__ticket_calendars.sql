-- One row per landed row of ticket calendars, used or not.
{{ judged_files(
    'ticket_calendars',
    belongs_to={'ticket_id': ref('stg_files__tickets')}
) }}
