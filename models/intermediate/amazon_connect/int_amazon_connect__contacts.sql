-- One row per contact: the records of one root in one channel.
{{ config(materialized='table') }}

with

linked_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}

),

first_records as (

    select
        *,
        case
            when initiation_method = 'MONITOR' then 'internal'
            when channel = 'TASK'
                then '{{ "inbound" if var("amazon_connect_tasks_are_requests") else "internal" }}'
            when
                initiation_method in (
                    'OUTBOUND', 'EXTERNAL_OUTBOUND', 'CAMPAIGN_PREVIEW', 'AGENT_REPLY', 'FLOW'
                )
                or (initiation_method = 'API' and (channel = 'VOICE' or campaign_code is not null))
                then 'outbound'
            else 'inbound'
        end as direction,
        case
            when channel = 'TASK' then 'contact_form'
            when channel = 'EMAIL' then 'email'
            when channel = 'CHAT' and channel_subtype = 'connect:SMS' then 'sms'
            when channel = 'CHAT' and channel_subtype in ('connect:WhatsApp', 'connect:Apple')
                then 'social'
            when channel = 'CHAT' then 'chat'
            when initiation_method = 'WEBRTC_API' or channel_subtype = 'connect:WebRTC'
                then 'app_voice'
            else 'phone'
        end as channel_code,
        source_record_id <> root_record_id and channel <> 'EMAIL' as is_left_truncated
    from linked_records
    where record_number = 1

),

-- Attributes may be set at any time, and the latest record has the last word on them.
whole_contacts as (

    select
        contact_key,
        max_by(
            contact_reason_code, case when contact_reason_code is not null then record_number end
        ) as contact_reason_code,
        max_by(disposition, case when disposition is not null then record_number end)
            as disposition,
        max(
            case
                when exclusion_reason in ('test', 'internal', 'spam', 'wrong_number')
                    then exclusion_reason
            end
        ) as exclusion_reason,
        -- The other party of an outside call is not the customer.
        min_by(
            customer_hash,
            case
                when
                    customer_hash is not null
                    and initiation_method not in ('EXTERNAL_OUTBOUND', 'MONITOR')
                    then record_number
            end
        ) as customer_hash,
        bool_or(channel = 'EMAIL' and initiation_method = 'INBOUND') as has_customer_mail,
        bool_or(has_leg and initiation_method <> 'MONITOR') as has_leg,
        min(initiated_at) as started_at,
        case
            when bool_or(disconnected_at is null and initiation_method <> 'MONITOR') then null
            else max(disconnected_at)
        end as ended_at
    from linked_records
    group by contact_key

),

previous_contacts as (

    select
        source_instance,
        source_record_id,
        contact_key
    from linked_records

),

described_contacts as (

    select
        first_records.contact_key,
        first_records.source_system,
        first_records.source_instance,
        first_records.source_contact_id,
        first_records.root_record_id,
        case
            when previous_contacts.contact_key <> first_records.contact_key
                then previous_contacts.contact_key
        end as previous_contact_key,
        -- A customer who writes back in a thread that the center began asks for an answer.
        case
            when whole_contacts.has_customer_mail then 'inbound'
            else first_records.direction
        end as direction,
        first_records.channel_code,
        coalesce(first_records.customer_hash, whole_contacts.customer_hash) as customer_hash,
        first_records.customer_hash is not null and first_records.is_customer_known
            as is_customer_known,
        whole_contacts.contact_reason_code,
        whole_contacts.disposition,
        case when first_records.direction = 'inbound' then first_records.system_address end
            as extension,
        whole_contacts.exclusion_reason,
        whole_contacts.started_at,
        whole_contacts.ended_at,
        first_records.is_left_truncated,
        first_records.source_file,
        first_records.source_row,
        first_records.loaded_at
    from first_records
    inner join whole_contacts on first_records.contact_key = whole_contacts.contact_key
    left join previous_contacts
        on
            first_records.source_instance = previous_contacts.source_instance
            and coalesce(first_records.previous_contact_id, first_records.related_contact_id)
            = previous_contacts.source_record_id
    -- Whom nobody reached was not contacted: that is an attempt.
    where
        first_records.direction <> 'outbound'
        or whole_contacts.has_leg
        or whole_contacts.has_customer_mail

),

contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        root_record_id,
        previous_contact_key,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key,
        customer_hash,
        case
            when customer_hash is null then 'anonymous'
            when is_customer_known then 'certain'
            else 'likely'
        end as identity_confidence,

        direction,
        channel_code,
        contact_reason_code,
        disposition,
        extension,

        exclusion_reason is not null as is_excluded,
        exclusion_reason,
        case when is_left_truncated then 'left_truncated' end as dq_flag,

        started_at,
        ended_at,

        source_file,
        source_row,
        loaded_at
    from described_contacts

)

select * from contacts
