-- One row per landed row of calendar hours, used or not.
{{ judged_files(
    'calendar_hours',
    belongs_to={'calendar_code': ref('stg_files__calendars')}
) }}
