-- One row per business event of the sample.
with

business_events as (

    select * from {{ ref('stg_sample__business_events') }}

),

identified_events as (

    select
        'sample' as source_system,
        'default' as source_instance,
        source_event_id,
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
