-- One row per change of an agent's state on one track, beside the one that follows.
{{ config(materialized='table') }}

with

agent_state_events as (

    select * from {{ ref('int_agent_state_events') }}

),

agent_persons as (

    select * from {{ ref('int_agent_persons') }}

),

events_in_order as (

    select
        agent_persons.person_key,
        agent_state_events.track,
        agent_state_events.state,
        agent_state_events.reason_code,
        agent_state_events.event_at,
        agent_state_events.event_sequence,
        lag(agent_state_events.state) over per_track as previous_state,
        lag(agent_state_events.event_at) over per_track as previous_event_at,
        lead(agent_state_events.state) over per_track as next_state,
        lead(agent_state_events.event_at) over per_track as next_event_at
    from agent_state_events
    inner join agent_persons
        on
            agent_state_events.source_system = agent_persons.source_system
            and agent_state_events.source_instance = agent_persons.source_instance
            and agent_state_events.agent_code = agent_persons.agent_code
    {{ within_agent_slices('agent_persons.person_key', 'agent_state_events.event_at') }}
    window per_track as (
        partition by agent_persons.person_key, agent_state_events.track
        order by agent_state_events.event_at, agent_state_events.event_sequence
    )

),

agent_state_changes as (

    select
        person_key,
        track,
        -- Between the log-in and the first state an agent is logged in and not ready.
        case when state = 'login' then 'auxiliary' else state end as state,
        case when state = 'login' then 'login' else reason_code end as reason_code,
        {{ starts_session('previous_state', 'previous_event_at', 'state', 'event_at') }}
            as is_session_start,
        state = 'offline' as is_logout,
        next_event_at is null
        or {{ starts_session('state', 'event_at', 'next_state', 'next_event_at') }}
            as is_last_of_session,
        coalesce(next_state = 'offline', false) as is_followed_by_logout,
        event_at,
        event_sequence,
        next_event_at
    from events_in_order

)

select * from agent_state_changes
