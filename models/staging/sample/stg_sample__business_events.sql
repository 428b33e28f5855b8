-- One row per business event of the sample.
with

raw_business_events as (

    select * from {{ ref('raw_business_events') }}

),

business_events as (

    select
        event_id as source_event_id,
        lower(event_type) as event_type,
        name as event_name,
        description as event_description,
        lower(channel) as channel_code,
        contact_reason as contact_reason_code,
        {{ utc_from_offset_text('starts_at') }} as starts_at,
        {{ utc_from_offset_text('ends_at') }} as ends_at
    from raw_business_events

)

select * from business_events
