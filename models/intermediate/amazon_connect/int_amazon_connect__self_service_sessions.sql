-- One row per call or chat that began in a flow: from its arrival until it queued or ended.
with

contacts as (

    select * from {{ ref('int_amazon_connect__contacts') }}
    where direction = 'inbound'

),

linked_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}

),

offered_contacts as (

    select contact_key from linked_records
    where (has_queue or has_agent) and initiation_method <> 'MONITOR'
    group by contact_key

),

arrivals as (

    select
        linked_records.*,
        offered_contacts.contact_key is null as is_contained,
        coalesce(linked_records.connected_to_system_at, linked_records.initiated_at) as started_at,
        case
            when linked_records.has_queue
                then coalesce(linked_records.enqueued_at, linked_records.connected_to_agent_at)
            else
                coalesce(linked_records.connected_to_agent_at, linked_records.disconnected_at)
        end as ended_at
    from linked_records
    left join offered_contacts on linked_records.contact_key = offered_contacts.contact_key
    where
        linked_records.record_number = 1
        and linked_records.source_record_id = linked_records.root_record_id
        and linked_records.channel in ('VOICE', 'CHAT')
        and linked_records.initiation_method in ('INBOUND', 'API', 'WEBRTC_API')

),

timed_arrivals as (

    select
        *,
        {{ seconds_between('started_at', 'ended_at') }} as elapsed_seconds
    from arrivals

),

self_service_sessions as (

    select
        {{ source_key(
            'self_service_session', 'arrivals.source_record_id', 'arrivals.source_system',
            'arrivals.source_instance'
        ) }} as session_key,
        arrivals.contact_key,
        arrivals.source_system,
        arrivals.source_instance,
        arrivals.source_record_id as source_session_id,

        contacts.channel_code,
        case
            when not arrivals.is_contained then 'to_queue'
            when arrivals.disconnect_reason = 'CONTACT_FLOW_DISCONNECT' then 'completed'
            when
                arrivals.disconnect_reason in (
                    'CUSTOMER_DISCONNECT', 'TELECOM_ORIGINATOR_CANCEL', 'IDLE_DISCONNECT'
                )
                then 'hung_up'
            else 'unknown'
        end as end_reason,

        {{ usable_seconds('arrivals.elapsed_seconds', 2592000) }} as duration_seconds,

        arrivals.is_contained,
        contacts.is_excluded,
        {{ duration_flag('arrivals.elapsed_seconds', 'session', 2592000) }} as dq_flag,

        arrivals.started_at,
        arrivals.ended_at,

        arrivals.source_file,
        arrivals.source_row,
        arrivals.loaded_at
    from timed_arrivals as arrivals
    inner join contacts on arrivals.contact_key = contacts.contact_key
    -- A flow that queues the contact at once serves nobody.
    where arrivals.is_contained or arrivals.elapsed_seconds > 0

)

select * from self_service_sessions
