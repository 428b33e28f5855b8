-- One row per planned activity of an agent of the sample in one published version of a day.
with

schedules as (

    select * from {{ ref('stg_sample__schedules') }}
    where row_status = 'used'

),

schedule_activities as (

    select
        'sample' as source_system,
        'default' as source_instance,
        agent_code,
        version_number,
        case activity
            when 'ON_QUEUE' then 'on_queue'
            when 'LUNCH' then 'lunch'
            when 'BREAK' then 'break'
            when 'MEETING' then 'meeting'
            when 'TRAINING' then 'training'
            when 'PROJECT' then 'project'
            when 'VACATION' then 'vacation'
            when 'SICK' then 'sick'
            when 'ABSENT' then 'absent'
            else 'unknown'
        end as activity_code,
        business_date,
        published_at,
        starts_at,
        ends_at,
        case
            when
                activity is null
                or activity not in (
                    'ON_QUEUE', 'LUNCH', 'BREAK', 'MEETING', 'TRAINING', 'PROJECT', 'VACATION',
                    'SICK', 'ABSENT'
                )
                then 'undocumented_activity'
        end as dq_flag,
        source_file,
        source_row,
        loaded_at
    from schedules

)

select * from schedule_activities
