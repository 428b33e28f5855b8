-- One row per entry of a contact into a queue, and per request to be called back.
{{ config(materialized='table') }}

with

contacts as (

    select * from {{ ref('int_amazon_connect__contacts') }}
    where direction <> 'outbound'

),

linked_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}

),

callback_attempts as (

    select * from {{ ref('int_amazon_connect__callback_attempts') }}

),

-- The answer to a mail is the agent's reply, which has a record of its own.
replies as (

    select
        source_instance,
        coalesce(related_contact_id, previous_contact_id) as source_record_id,
        min(initiated_at) as replied_at
    from linked_records
    where initiation_method = 'AGENT_REPLY'
    group by source_instance, coalesce(related_contact_id, previous_contact_id)

),

-- Whoever is only consulted, or joins in, is not offered the customer.
offered_records as (

    select
        linked_records.*,
        linked_records.source_record_id as source_visit_id,
        case
            when
                linked_records.initiation_method in ('TRANSFER', 'QUEUE_TRANSFER', 'DISCONNECT')
                then 'transfer'
            else 'inbound'
        end as visit_type,
        case
            when linked_records.has_queue
                then coalesce(linked_records.enqueued_at, linked_records.initiated_at)
            else linked_records.connected_to_agent_at
        end as offered_at,
        case
            when not linked_records.has_agent then null
            when linked_records.channel = 'EMAIL'
                then greatest(
                    linked_records.connected_to_agent_at,
                    coalesce(replies.replied_at, linked_records.connected_to_agent_at)
                )
            when linked_records.first_response_seconds >= 0
                then
                    {{ seconds_after(
                        'linked_records.connected_to_agent_at',
                        'linked_records.first_response_seconds'
                    ) }}
            else linked_records.connected_to_agent_at
        end as answered_at,
        coalesce(linked_records.dequeued_at, linked_records.disconnected_at) as left_at
    from linked_records
    left join replies
        on
            linked_records.source_instance = replies.source_instance
            and linked_records.source_record_id = replies.source_record_id
    where
        linked_records.initiation_method not in (
            'MONITOR', 'CALLBACK', 'AGENT_REPLY', 'EXTERNAL_OUTBOUND'
        )
        and coalesce(linked_records.handoff not in ('consult', 'conference'), true)
        and (
            linked_records.has_queue
            or (
                linked_records.has_agent
                and linked_records.initiation_method in ('INBOUND', 'API', 'WEBRTC_API')
            )
        )

),

record_visits as (

    select
        contact_key,
        source_system,
        source_instance,
        source_visit_id,
        queue_code,
        visit_type,
        case
            when answered_at is not null then 'answered'
            when left_at is null then 'open'
            when was_moved_to_queue then 'overflow_queue'
            when was_callback_requested then 'callback_requested'
            when is_voicemail then 'voicemail'
            when is_transferred_out then 'overflow_queue'
            -- It went on, in a record that has not arrived: into another queue or a callback.
            when
                next_contact_id is not null
                and (disconnect_reason is null or disconnect_reason = 'CONTACT_FLOW_DISCONNECT')
                then 'overflow_queue'
            when
                disconnect_reason is null
                or disconnect_reason in (
                    'CUSTOMER_DISCONNECT',
                    'TELECOM_ORIGINATOR_CANCEL',
                    'CUSTOMER_CONNECTION_NOT_ESTABLISHED',
                    'CUSTOMER_NEVER_ARRIVED',
                    'IDLE_DISCONNECT'
                )
                then 'abandoned'
            when disconnect_reason = 'AGENT_DISCONNECT' then 'agent_dump'
            when disconnect_reason in ('TELECOM_PROBLEM', 'SYSTEM_ERROR') then 'system_lost'
            when disconnect_reason = 'EXPIRED' then 'timeout'
            when disconnect_reason = 'DISCARDED' then 'solved_without_reply'
            when disconnect_reason = 'TRANSFERRED' then 'overflow_queue'
            else 'unknown'
        end as exit_reason,
        has_queue as was_queued,
        channel = 'VOICE' as is_call,
        case when coalesce(answered_at = connected_to_agent_at, true) then queue_seconds end
            as measured_seconds,
        {{ seconds_between('offered_at', 'coalesce(answered_at, left_at)') }} as elapsed_seconds,
        offered_at,
        answered_at,
        coalesce(answered_at, left_at) as exited_at,
        unreadable_flag,
        source_file,
        source_row,
        loaded_at
    from offered_records

),

-- The customer waits from the request until an agent is on the line, whatever was tried before.
callback_visits as (

    select
        contact_key,
        min(source_system) as source_system,
        min(source_instance) as source_instance,
        request_id as source_visit_id,
        max_by(queue_code, attempt_number) as queue_code,
        'callback' as visit_type,
        case
            when bool_or(has_leg) then 'answered'
            -- The next attempt is due, and its record still to come.
            when
                max_by(
                    disconnected_at is null
                    or (next_contact_id is not null and not was_callback_requested),
                    attempt_number
                )
                then 'open'
            else 'callback_failed'
        end as exit_reason,
        true as was_queued,
        false as is_call,
        cast(null as decimal(18, 3)) as measured_seconds,
        {{ seconds_between(
            'min(initiated_at)', 'coalesce(min(leg_connected_at), max(disconnected_at))'
        ) }} as elapsed_seconds,
        min(initiated_at) as offered_at,
        min(leg_connected_at) as answered_at,
        coalesce(min(leg_connected_at), max(disconnected_at)) as exited_at,
        min(unreadable_flag) as unreadable_flag,
        min_by(source_file, attempt_number) as source_file,
        min_by(source_row, attempt_number) as source_row,
        min(loaded_at) as loaded_at
    from callback_attempts
    group by contact_key, request_id

),

visits as (

    select * from record_visits

    union all

    select * from callback_visits

),

queue_visits as (

    select
        {{ source_key(
            'queue_visit', 'visits.source_visit_id', 'visits.source_system',
            'visits.source_instance'
        ) }} as visit_key,
        visits.contact_key,
        visits.source_system,
        visits.source_instance,
        visits.source_visit_id,

        visits.queue_code,
        contacts.channel_code,
        contacts.direction,
        visits.visit_type,
        contacts.contact_reason_code,
        visits.exit_reason,

        case
            when visits.exit_reason = 'open' then null
            when not visits.was_queued then 0
            when visits.is_call
                then
                    {{ measured_or_elapsed_seconds(
                        'visits.measured_seconds', 'visits.elapsed_seconds'
                    ) }}
            else {{ usable_seconds('visits.elapsed_seconds', 2592000) }}
        end as wait_seconds,

        visits.was_queued,
        contacts.is_excluded,
        nullif(
            concat_ws(
                ', ',
                visits.unreadable_flag,
                case
                    when visits.is_call then {{ duration_flag('visits.elapsed_seconds', 'wait') }}
                    else {{ duration_flag('visits.elapsed_seconds', 'wait', 2592000) }}
                end,
                case
                    when visits.is_call
                        then
                            {{ disagreement_flag(
                                'visits.measured_seconds', 'visits.elapsed_seconds', 'wait'
                            ) }}
                end
            ),
            ''
        ) as dq_flag,

        visits.offered_at,
        visits.answered_at,
        case when visits.exit_reason <> 'open' then visits.exited_at end as exited_at,

        visits.source_file,
        visits.source_row,
        visits.loaded_at
    from visits
    inner join contacts on visits.contact_key = contacts.contact_key

)

select * from queue_visits
