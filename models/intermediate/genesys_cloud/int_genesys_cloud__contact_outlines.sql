-- One row per conversation and channel: what holds for the whole contact, or attempt at one.
{{ config(materialized='table') }}

with

session_stretches as (

    select * from {{ ref('int_genesys_cloud__session_stretches') }}

),

channels as (

    select
        document_id,
        source_system,
        source_instance,
        conversation_id,
        channel_code,
        max(originating_direction) as originating_direction,
        max(conversation_ended_at) as conversation_ended_at,
        min(source_file) as source_file,
        min(source_row) as source_row,
        max(loaded_at) as loaded_at,
        min(started_at) as started_at,
        max(last_moment_at) as last_moment_at,
        bool_or(is_open) as is_open,
        bool_or(role = 'customer') as has_customer,
        bool_or(role in ('queue', 'agent')) as was_offered,
        bool_or(role in ('self_service', 'group')) as was_led,
        bool_or(is_spam) as is_spam,
        max(campaign_id) as campaign_id,
        max(campaign_record_id) as campaign_record_id,
        max(dialer_disposition) as dialer_disposition,
        min_by(direction, case when role = 'customer' then started_at end)
            as customer_direction,
        min_by(dialed_number, case when dialed_number is not null then started_at end)
            as dialed_number,
        min_by(
            customer_hash,
            case when role = 'customer' and customer_hash is not null then started_at end
        ) as customer_hash,
        min_by(
            external_contact_hash,
            case when role = 'customer' and external_contact_hash is not null then started_at end
        ) as external_contact_hash,
        bool_or(role = 'customer' and is_open) as is_customer_there,
        max(case when role = 'customer' then last_moment_at end) as customer_left_at,
        min(case when role = 'customer' and media_type = 'callback' then started_at end)
            as callback_requested_at,
        max(case when role = 'customer' and media_type = 'callback' then last_moment_at end)
            as callback_ended_at,
        bool_or(role = 'customer' and media_type = 'callback' and is_open)
            as is_callback_open,
        min(case when media_type <> 'callback' then started_at end) as other_started_at,
        max(
            case when role = 'customer' and media_type <> 'callback' then connected_at end
        ) as last_connected_at,
        max(
            case
                when
                    role = 'customer' and media_type <> 'callback' and connected_at is not null
                    then last_moment_at
            end
        ) as last_connected_until
    from session_stretches
    group by document_id, source_system, source_instance, conversation_id, channel_code

),

numbered_channels as (

    select
        *,
        row_number() over (
            partition by document_id
            order by started_at, channel_code
        ) as channel_number
    from channels

),

directed_channels as (

    select
        *,
        case
            when channel_number = 1 then conversation_id
            else concat_ws('.', conversation_id, channel_code)
        end as source_contact_id,
        case
            when not has_customer then 'internal'
            when campaign_id is not null then 'outbound'
            -- Who asks to be called back makes contact, whatever the platform calls it.
            when callback_requested_at <= coalesce(other_started_at, callback_requested_at)
                then 'inbound'
            when channel_number = 1 and originating_direction is not null
                then originating_direction
            else coalesce(customer_direction, 'inbound')
        end as direction
    from numbered_channels

),

keyed_channels as (

    select
        *,
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        {{ customer_known_by(['customer_hash', 'external_contact_hash']) }} as known_hash
    from directed_channels

),

contact_outlines as (

    select
        contact_key,
        lag(contact_key) over (
            partition by document_id order by channel_number
        ) as previous_contact_key,
        document_id,
        source_system,
        source_instance,
        source_contact_id,
        case
            when known_hash is null then -2
            else {{ source_key('customer', 'known_hash') }}
        end as customer_key,
        known_hash as customer_hash,
        case
            when customer_hash is not null then 'likely'
            when external_contact_hash is not null then 'certain'
            else 'anonymous'
        end as identity_confidence,
        channel_code,
        direction,
        dialed_number,
        campaign_id,
        campaign_record_id,
        dialer_disposition,
        was_offered,
        was_led,
        is_spam,
        is_callback_open,
        conversation_ended_at is null as is_conversation_open,
        started_at,
        case when campaign_id is null then callback_requested_at end as callback_requested_at,
        callback_ended_at,
        case
            when has_customer and is_customer_there and conversation_ended_at is null then null
            when not has_customer and is_open and conversation_ended_at is null then null
            -- A callback's own session goes on after the talk.
            when last_connected_at > callback_requested_at then last_connected_until
            else coalesce(customer_left_at, last_moment_at)
        end as ended_at,
        source_file,
        source_row,
        loaded_at
    from keyed_channels

)

select * from contact_outlines
