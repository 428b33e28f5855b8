-- One row per log-in session of an agent on one track, closed.
{{ config(materialized='table') }}

with

agent_state_events as (

    select * from {{ ref('int_agent_state_events') }}

),

agent_legs as (

    select * from {{ ref('int_agent_legs') }}

),

events_in_order as (

    select
        source_system,
        source_instance,
        agent_code,
        track,
        state,
        event_at,
        event_sequence,
        lag(state) over per_track as previous_state,
        lag(event_at) over per_track as previous_event_at
    from agent_state_events
    window per_track as (
        partition by source_system, source_instance, agent_code, track
        order by event_at, event_sequence
    )

),

session_starts as (

    select
        *,
        -- A second log-in, a state while logged out, or a state after too long a silence.
        case
            when state = 'offline' then 0
            when state = 'login' then 1
            when coalesce(previous_state, 'offline') = 'offline' then 1
            when
                event_at > previous_event_at
                + interval '{{ var("session_limit_hours") }}' hour
                then 1
            else 0
        end as starts_session
    from events_in_order

),

signs_of_life as (

    select
        source_system,
        source_instance,
        agent_code,
        track,
        state,
        event_at,
        event_sequence,
        starts_session
    from session_starts

    union all

    -- The end of a contact shows that its agent was still there.
    select
        source_system,
        source_instance,
        agent_code,
        'main' as track,
        cast(null as varchar) as state,
        ended_at as event_at,
        0 as event_sequence,
        0 as starts_session
    from agent_legs
    where agent_code is not null and ended_at is not null

),

numbered_signs as (

    select
        *,
        sum(starts_session) over (
            partition by source_system, source_instance, agent_code, track
            order by event_at, event_sequence
            rows between unbounded preceding and current row
        ) as session_number
    from signs_of_life

),

sessions as (

    select
        source_system,
        source_instance,
        agent_code,
        track,
        session_number,
        min(case when state is not null then event_at end) as started_at,
        min(case when state = 'offline' then event_at end) as logged_out_at,
        max(event_at) as last_sign_at
    from numbered_signs
    where session_number > 0
    group by source_system, source_instance, agent_code, track, session_number

),

session_ends as (

    select
        *,
        last_sign_at + interval '{{ var("session_grace_minutes") }}' minute as grace_ends_at,
        started_at + interval '{{ var("session_limit_hours") }}' hour as limit_at,
        coalesce(
            lead(started_at) over (
                partition by source_system, source_instance, agent_code, track
                order by session_number
            ),
            timestamp '9999-12-31 00:00:00'
        ) as next_started_at
    from sessions

),

closed_sessions as (

    select
        source_system,
        source_instance,
        agent_code,
        track,
        cast(session_number as bigint) as session_number,
        started_at,
        case
            when logged_out_at <= limit_at then logged_out_at
            when logged_out_at is not null then limit_at
            else least(grace_ends_at, next_started_at, limit_at)
        end as ended_at,
        case
            when logged_out_at <= limit_at then 'logout'
            when logged_out_at is not null then 'limit'
            when least(grace_ends_at, limit_at) >= next_started_at then 'next_login'
            when grace_ends_at <= limit_at then 'last_sign_of_life'
            else 'limit'
        end as closed_by
    from session_ends

)

select * from closed_sessions
