-- One row per landed row of calendar holidays, used or not.
{{ judged_files(
    'calendar_holidays',
    belongs_to={'calendar_code': ref('stg_files__calendars')}
) }}
