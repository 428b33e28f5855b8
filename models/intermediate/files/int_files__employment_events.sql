-- One row per event in the employment of an agent of the files.
with

employment_events as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__employment_events') }}
    where row_status = 'used'

),

identified_events as (

    select
        *,
        event_id as source_event_id
    from employment_events

)

select * from identified_events
