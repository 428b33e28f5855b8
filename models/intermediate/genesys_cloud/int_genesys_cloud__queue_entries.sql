-- One row per entry of an inbound contact into a queue, before it is known who answered.
{{ config(materialized='table') }}

with

contact_outlines as (

    select * from {{ ref('int_genesys_cloud__contact_outlines') }}
    where direction <> 'outbound'

),

queue_sessions as (

    select * from {{ ref('int_genesys_cloud__session_stretches') }}
    where role = 'queue'

),

agent_stretches as (

    select * from {{ ref('int_genesys_cloud__agent_stretches') }}

),

connections as (

    select * from {{ ref('int_genesys_cloud__connections') }}

),

asking_sessions as (

    select
        document_id,
        session_id,
        max(case when disconnect_type = 'consultTransfer' then connected_until end)
            as transferred_at
    from agent_stretches
    where is_asking
    group by document_id, session_id

),

-- A queue that an agent asks has the customer from the transfer on, and not at all without one.
customer_sessions as (

    select
        contact_outlines.contact_key,
        contact_outlines.direction as contact_direction,
        queue_sessions.conversation_id,
        queue_sessions.source_session_id,
        queue_sessions.media_type,
        queue_sessions.queue_id,
        queue_sessions.disconnect_type,
        queue_sessions.flow_out_type,
        queue_sessions.answered_seconds,
        coalesce(queue_sessions.abandon_seconds, queue_sessions.short_abandon_seconds)
            as abandon_seconds,
        queue_sessions.flow_out_seconds,
        queue_sessions.is_open,
        asking_sessions.session_id is not null as is_after_consult,
        case
            when asking_sessions.session_id is null then queue_sessions.started_at
            else greatest(asking_sessions.transferred_at, queue_sessions.started_at)
        end as entered_at,
        case
            when asking_sessions.session_id is null then queue_sessions.last_moment_at
            else greatest(asking_sessions.transferred_at, queue_sessions.last_moment_at)
        end as left_at
    from queue_sessions
    inner join contact_outlines
        on
            queue_sessions.document_id = contact_outlines.document_id
            and queue_sessions.channel_code = contact_outlines.channel_code
    left join asking_sessions
        on
            queue_sessions.document_id = asking_sessions.document_id
            and queue_sessions.peer_id = asking_sessions.session_id
    where asking_sessions.session_id is null or asking_sessions.transferred_at is not null

),

sessions_and_answers as (

    select
        contact_key,
        contact_direction,
        conversation_id,
        source_session_id,
        queue_id,
        disconnect_type,
        flow_out_type,
        answered_seconds,
        abandon_seconds,
        flow_out_seconds,
        coalesce(flow_out_seconds, abandon_seconds) is not null as has_end,
        is_open,
        is_after_consult,
        entered_at,
        left_at,
        entered_at as happened_at,
        1 as event_rank,
        cast(null as timestamp) as connected_at
    from customer_sessions
    where media_type <> 'callback'

    union all

    select
        contact_key,
        direction as contact_direction,
        conversation_id,
        source_leg_id as source_session_id,
        null as queue_id,
        null as disconnect_type,
        null as flow_out_type,
        null as answered_seconds,
        null as abandon_seconds,
        null as flow_out_seconds,
        null as has_end,
        null as is_open,
        null as is_after_consult,
        null as entered_at,
        null as left_at,
        connected_at as happened_at,
        2 as event_rank,
        connected_at
    from connections
    where leg_type = 'customer'

),

sessions_in_order as (

    select
        *,
        {{ last_known("case when event_rank = 1 then coalesce(queue_id, '') end") }} over before
            as previous_queue_id,
        {{ last_known('entered_at') }} over before as previous_entered_at,
        {{ last_known('left_at') }} over before as previous_left_at,
        {{ last_known('has_end') }} over before as previous_has_end,
        {{ last_known('connected_at') }} over before as last_connected_at
    from sessions_and_answers
    window before as (
        partition by contact_key
        order by happened_at, event_rank, source_session_id
        rows between unbounded preceding and 1 preceding
    )

),

-- Back in the same queue at once, unanswered: the contact never left it.
numbered_sessions as (

    select
        *,
        sum(
            case
                when
                    queue_id = previous_queue_id
                    and not previous_has_end
                    and coalesce(last_connected_at < previous_entered_at, true)
                    and {{ seconds_between('previous_left_at', 'entered_at') }}
                    between -1 and {{ number_of('genesys_cloud_requeue_seconds') }}
                    then 0
                else 1
            end
        ) over (
            partition by contact_key
            order by happened_at, source_session_id
            rows between unbounded preceding and current row
        ) as entry_number
    from sessions_in_order
    where event_rank = 1

),

entries as (

    select
        contact_key,
        max(contact_direction) as direction,
        min_by(conversation_id, happened_at) as conversation_id,
        min_by(source_session_id, happened_at) as source_visit_id,
        min_by(queue_id, happened_at) as queue_id,
        'queue' as entry_type,
        bool_or(is_after_consult) as is_after_consult,
        max_by(disconnect_type, happened_at) as disconnect_type,
        max(flow_out_type) as flow_out_type,
        bool_or(abandon_seconds is not null) as has_abandon,
        bool_or(flow_out_seconds is not null) as has_flow_out,
        max(answered_seconds) as answered_seconds,
        -- What the platform measured is known of entries in one piece.
        case
            when count(*) = 1 then max(coalesce(abandon_seconds, flow_out_seconds))
        end as unanswered_seconds,
        min(entered_at) as offered_at,
        case when not bool_or(is_open) then max(left_at) end as left_at,
        false as is_restored
    from numbered_sessions
    group by contact_key, entry_number

),

-- However often a callback is routed and dialed, the customer waits for it once.
callback_queues as (

    select
        contact_key,
        min_by(queue_id, entered_at) as queue_id,
        min_by(source_session_id, entered_at) as source_session_id,
        min_by(conversation_id, entered_at) as conversation_id
    from customer_sessions
    where media_type = 'callback'
    group by contact_key

),

callbacks as (

    select
        contact_outlines.contact_key,
        contact_outlines.direction,
        callback_queues.conversation_id,
        callback_queues.source_session_id as source_visit_id,
        callback_queues.queue_id,
        'callback' as entry_type,
        false as is_after_consult,
        cast(null as string) as disconnect_type,
        cast(null as string) as flow_out_type,
        false as has_abandon,
        false as has_flow_out,
        cast(null as decimal(18, 3)) as answered_seconds,
        cast(null as decimal(18, 3)) as unanswered_seconds,
        contact_outlines.callback_requested_at as offered_at,
        case
            when
                not contact_outlines.is_callback_open
                or not contact_outlines.is_conversation_open
                then contact_outlines.callback_ended_at
        end as left_at,
        false as is_restored
    from contact_outlines
    inner join callback_queues on contact_outlines.contact_key = callback_queues.contact_key
    where contact_outlines.callback_requested_at is not null

),

known_entries as (

    select * from entries

    union all

    select * from callbacks

),

contacts_with_entry as (

    select distinct contact_key from known_entries

),

first_connections as (

    select * from connections
    where leg_type = 'customer' and direction = 'inbound'
    qualify row_number() over (partition by contact_key order by connected_at, source_leg_id) = 1

),

-- The record of the queue is missing, or a menu led straight to an agent; what was dialed straight
-- to an agent was in no queue.
restored_entries as (

    select
        first_connections.contact_key,
        first_connections.direction,
        first_connections.conversation_id,
        first_connections.source_leg_id as source_visit_id,
        first_connections.queue_id,
        case when first_connections.queue_id is null then 'no_queue' else 'queue' end
            as entry_type,
        false as is_after_consult,
        cast(null as string) as disconnect_type,
        cast(null as string) as flow_out_type,
        false as has_abandon,
        false as has_flow_out,
        cast(null as decimal(18, 3)) as answered_seconds,
        cast(null as decimal(18, 3)) as unanswered_seconds,
        case
            when first_connections.queue_id is null then first_connections.connected_at
            else {{ seconds_after(
                'first_connections.connected_at',
                '-coalesce(first_connections.answered_seconds, first_connections.ring_seconds, 0)'
            ) }}
        end as offered_at,
        cast(null as timestamp) as left_at,
        first_connections.queue_id is not null as is_restored
    from first_connections
    inner join contact_outlines on first_connections.contact_key = contact_outlines.contact_key
    left join contacts_with_entry
        on first_connections.contact_key = contacts_with_entry.contact_key
    where
        contacts_with_entry.contact_key is null
        and (first_connections.queue_id is not null or contact_outlines.was_led)

),

queue_entries as (

    select * from known_entries

    union all

    select * from restored_entries

),

keyed_entries as (

    select
        {{ source_key(
            'queue_visit',
            "concat_ws('.', queue_entries.conversation_id, queue_entries.source_visit_id)",
            'contact_outlines.source_system',
            'contact_outlines.source_instance'
        ) }} as visit_key,
        queue_entries.*,
        contact_outlines.source_system,
        contact_outlines.source_instance,
        contact_outlines.channel_code,
        contact_outlines.callback_requested_at,
        contact_outlines.source_file,
        contact_outlines.source_row,
        contact_outlines.loaded_at
    from queue_entries
    inner join contact_outlines on queue_entries.contact_key = contact_outlines.contact_key

)

select * from keyed_entries
