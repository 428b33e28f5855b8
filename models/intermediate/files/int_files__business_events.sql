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
        source_system,
        source_instance,
        event_id as source_event_id,
        event_type,
        event_name,
        event_description,
        channel_code,
        contact_reason_code,
        starts_at,
        ends_at
    from business_events

)

select * from identified_events
