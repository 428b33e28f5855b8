-- One row per landed row of schedule activities, used or not.
{{ judged_files(
    'schedule_activities',
    codes={'activity_code': ref('schedule_activities')}
) }}
