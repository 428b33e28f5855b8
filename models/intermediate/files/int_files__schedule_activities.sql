-- One row per planned activity of an agent of the files in one published version of a day.
with

schedule_activities as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__schedule_activities') }}
    where row_status = 'used'

)

select * from schedule_activities
