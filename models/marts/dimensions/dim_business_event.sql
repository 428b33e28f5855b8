-- One row per event that makes people contact the center, or keeps them from it.
with

business_events as (

    select * from {{ ref('int_business_events') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

dim_business_event as (

    select
        {{ source_key(
            'business_event',
            'business_events.source_event_id',
            'business_events.source_system',
            'business_events.source_instance'
        ) }} as business_event_key,
        business_events.source_system,
        business_events.source_instance,
        business_events.source_event_id,
        business_events.event_type,
        business_events.event_name,
        business_events.event_description,
        case
            when business_events.channel_code is null then -1
            else coalesce(dim_channel.channel_key, -2)
        end as channel_key,
        case
            when business_events.contact_reason_code is null then -1
            else coalesce(dim_contact_reason.contact_reason_key, -2)
        end as contact_reason_key,
        business_events.starts_at,
        business_events.ends_at,
        {{ utc_to_local('business_events.starts_at', text_of('reporting_timezone')) }}
            as starts_at_local,
        {{ utc_to_local('business_events.ends_at', text_of('reporting_timezone')) }}
            as ends_at_local
    from business_events
    left join dim_channel on business_events.channel_code = dim_channel.channel_code
    left join dim_contact_reason
        on
            business_events.source_system = dim_contact_reason.source_system
            and business_events.source_instance = dim_contact_reason.source_instance
            and business_events.contact_reason_code = dim_contact_reason.contact_reason_code

)

select * from dim_business_event
