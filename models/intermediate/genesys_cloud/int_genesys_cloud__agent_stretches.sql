-- One row per stretch of an agent's session on a contact, ringing and dialing in vain inside.
{{ config(materialized='table') }}

with

session_stretches as (

    select * from {{ ref('int_genesys_cloud__session_stretches') }}

),

contact_outlines as (

    select * from {{ ref('int_genesys_cloud__contact_outlines') }}

),

agent_sessions as (

    select * from session_stretches
    where role = 'agent'

),

-- Whom a session is connected with: the customer, or a colleague, a queue or somebody outside.
peers as (

    select
        document_id,
        session_id,
        role,
        user_id
    from session_stretches
    where role in ('agent', 'queue', 'outside') and stretch_number = 0 and repeat_number = 1

),

consult_transfers as (

    select
        document_id,
        user_id,
        max(connected_until) as consult_transferred_at
    from agent_sessions
    where disconnect_type = 'consultTransfer'
    group by document_id, user_id

),

described_sessions as (

    select
        agent_sessions.*,
        contact_outlines.contact_key,
        contact_outlines.direction as contact_direction,
        contact_outlines.is_conversation_open,
        case when contact_outlines.direction <> 'internal' then peers.role end as peer_role,
        case
            when contact_outlines.direction <> 'internal' and peers.role = 'agent'
                then consult_transfers.consult_transferred_at
        end as consult_transferred_at,
        row_number() over (
            partition by
                agent_sessions.document_id,
                agent_sessions.participant_number,
                agent_sessions.session_number
            order by agent_sessions.stretch_number desc
        ) = 1 as is_last_stretch
    from agent_sessions
    inner join contact_outlines
        on
            agent_sessions.document_id = contact_outlines.document_id
            and agent_sessions.channel_code = contact_outlines.channel_code
    left join peers
        on
            agent_sessions.document_id = peers.document_id
            and agent_sessions.peer_id = peers.session_id
    left join consult_transfers
        on
            peers.document_id = consult_transfers.document_id
            and peers.user_id = consult_transfers.user_id

),

-- An agent takes a callback or preview as a session of its own, and dials in the ones that follow.
agent_stretches as (

    select
        contact_key,
        document_id,
        source_system,
        source_instance,
        conversation_id,
        participant_number,
        session_number,
        stretch_number,
        session_id,
        source_session_id,
        user_id,
        team_id,
        media_type,
        channel_code,
        direction,
        contact_direction,
        peer_role,
        queue_id,
        disconnect_type,
        watch_type,
        wrap_up_code,
        answered_seconds,
        ring_seconds,
        hold_seconds,
        wrap_up_seconds,
        has_consult,
        has_consult_transfer,
        has_transfer,
        is_monitoring,
        is_coaching,
        is_barging,
        is_open,
        is_conference,
        is_last_stretch,
        is_conversation_open,
        started_at,
        dial_started_at,
        dial_ended_at,
        connected_at,
        connected_until,
        consult_transferred_at,
        coded_at,
        last_moment_at,
        source_file,
        source_row,
        loaded_at,
        direction = 'outbound' and coalesce(peer_role, 'customer') <> 'customer' as is_asking,
        media_type <> 'callback'
        and direction = 'outbound'
        and dial_started_at is not null
        and coalesce(dial_started_at <= connected_at, true) as is_dialed,
        {{ last_known("case when media_type = 'callback' then connected_at end") }} over so_far
            as callback_taken_at,
        {{ last_known("case when media_type = 'callback' then ring_seconds end") }} over so_far
            as callback_ring_seconds,
        {{ last_known("case when media_type = 'callback' then queue_id end") }} over so_far
            as callback_queue_id,
        {{ last_known("case when media_type = 'callback' then last_moment_at end") }} over so_far
            as callback_worked_until,
        {{ last_known("case when media_type = 'callback' then is_open end") }} over so_far
            as is_callback_open,
        max(
            case
                when media_type <> 'callback'
                    then greatest(dial_ended_at, coalesce(connected_until, connected_at))
            end
        ) over (
            partition by contact_key, user_id
            order by started_at, participant_number, session_number, stretch_number
            rows between unbounded preceding and 1 preceding
        ) as previous_call_ended_at,
        max(case when media_type <> 'callback' then connected_at end) over (
            partition by contact_key, user_id
        ) as last_call_connected_at,
        sum(
            case when media_type <> 'callback' and dial_started_at is not null then 1 else 0 end
        ) over (
            partition by contact_key
            order by started_at, participant_number, session_number, stretch_number
            rows between unbounded preceding and current row
        ) as dial_number
    from described_sessions
    window so_far as (
        partition by contact_key, user_id
        order by started_at, participant_number, session_number, stretch_number
        rows between unbounded preceding and current row
    )

)

select * from agent_stretches
