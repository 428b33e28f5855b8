-- One row per event of the files that makes people contact the center.
with

business_events as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__business_events') }}
    where row_status = 'used'

),

identified_events as (

    select
        *,
        event_id as source_event_id
    from business_events

)

select * from identified_events
