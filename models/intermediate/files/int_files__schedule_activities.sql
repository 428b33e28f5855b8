-- One row per planned activity of an agent of the files in one published version of a day.
with

schedule_activities as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__schedule_activities') }}
    where row_status = 'used'

),

planned_activities as (

    select
        source_system,
        source_instance,
        agent_code,
        version_number,
        activity_code,
        business_date,
        published_at,
        starts_at,
        ends_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from schedule_activities

)

select * from planned_activities
