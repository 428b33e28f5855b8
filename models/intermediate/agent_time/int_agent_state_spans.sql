-- One row per span of an agent in one state on one track, inside a session. Tracks may overlap.
{{ config(materialized='table') }}

with

agent_state_events as (

    select * from {{ ref('int_agent_state_events') }}

),

agent_sessions as (

    select * from {{ ref('int_agent_sessions') }}

),

events_and_session_starts as (

    select
        source_system,
        source_instance,
        agent_code,
        track,
        -- Between the log-in and the first state an agent is logged in and not ready.
        case when state = 'login' then 'auxiliary' else state end as state,
        case when state = 'login' then 'login' else reason_code end as reason_code,
        event_at,
        event_sequence,
        cast(null as timestamp) as session_ended_at
    from agent_state_events

    union all

    select
        source_system,
        source_instance,
        agent_code,
        track,
        cast(null as varchar) as state,
        cast(null as varchar) as reason_code,
        started_at as event_at,
        -1 as event_sequence,
        ended_at as session_ended_at
    from agent_sessions

),

spans_to_next_event as (

    select
        *,
        max(session_ended_at) over (
            partition by source_system, source_instance, agent_code, track
            order by event_at, event_sequence
            rows between unbounded preceding and current row
        ) as current_session_ended_at,
        lead(event_at) over (
            partition by source_system, source_instance, agent_code, track
            order by event_at, event_sequence
        ) as next_event_at
    from events_and_session_starts

),

state_spans as (

    select
        source_system,
        source_instance,
        agent_code,
        state,
        reason_code,
        event_at as started_at,
        least(next_event_at, current_session_ended_at) as ended_at
    from spans_to_next_event
    where
        state <> 'offline'
        and event_at < least(next_event_at, current_session_ended_at)

)

select * from state_spans
