-- One row per log-in session of an agent on one track, closed.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_agent_slices('started_at') }}"
) }}

with

session_edges as (

    select * from {{ ref('int_agent_state_changes') }}
    where is_session_start or is_logout or is_last_of_session or is_followed_by_logout

),

agent_state_events as (

    select * from {{ ref('int_agent_state_events') }}

),

agent_persons as (

    select * from {{ ref('int_agent_persons') }}

),

agent_legs as (

    select * from {{ ref('int_agent_legs') }}

),

numbered_edges as (

    select
        *,
        sum(case when is_session_start then 1 else 0 end) over (
            partition by person_key, track
            order by event_at, event_sequence
            rows between unbounded preceding and current row
        ) as session_number
    from session_edges

),

whole_sessions as (

    select
        person_key,
        track,
        session_number,
        min(event_at) as started_at,
        max(case when not is_logout then event_at end) as last_event_at,
        min(case when is_logout then event_at end) as logged_out_at
    from numbered_edges
    where session_number > 0
    group by person_key, track, session_number

),

-- The few in which events go on beyond the limit.
overlong_sessions as (

    select * from whole_sessions
    where last_event_at >= started_at + interval '{{ number_of("session_limit_hours") }}' hour

),

overlong_sessions_with_events as (

    select
        overlong_sessions.*,
        agent_state_events.event_at,
        floor(
            {{ seconds_between('overlong_sessions.started_at', 'agent_state_events.event_at') }}
            / ({{ number_of("session_limit_hours") }} * 3600)
        ) as limits_passed
    from overlong_sessions
    inner join agent_persons on overlong_sessions.person_key = agent_persons.person_key
    inner join agent_state_events
        on
            agent_persons.source_system = agent_state_events.source_system
            and agent_persons.source_instance = agent_state_events.source_instance
            and agent_persons.agent_code = agent_state_events.agent_code
            and overlong_sessions.track = agent_state_events.track
            and overlong_sessions.started_at <= agent_state_events.event_at
            {{ since_agent_slices('agent_state_events.event_at') }}
            and overlong_sessions.last_event_at >= agent_state_events.event_at
    where agent_state_events.state <> 'offline'

),

-- The first event after each limit opens a session, so that none of them is in no session.
sessions as (

    select
        person_key,
        track,
        session_number,
        started_at,
        last_event_at,
        logged_out_at,
        false as is_continuation
    from whole_sessions
    where last_event_at < started_at + interval '{{ number_of("session_limit_hours") }}' hour

    union all

    select
        person_key,
        track,
        session_number,
        min(event_at) as started_at,
        max(event_at) as last_event_at,
        case when max(event_at) = last_event_at then logged_out_at end as logged_out_at,
        limits_passed > 0 as is_continuation
    from overlong_sessions_with_events
    group by
        person_key, track, session_number, last_event_at, logged_out_at, limits_passed

),

bounded_sessions as (

    select
        person_key,
        track,
        row_number() over in_order as session_number,
        started_at,
        last_event_at,
        logged_out_at,
        is_continuation,
        started_at + interval '{{ number_of("session_limit_hours") }}' hour as limit_at,
        coalesce(
            lead(started_at) over in_order, timestamp '9999-12-31 00:00:00'
        ) as next_started_at
    from sessions
    window
        in_order as (
            partition by person_key, track
            order by started_at, session_number
        )

),

-- A forgotten log-out: the end of a contact that began before the limit shows that its agent was
-- still there.
signs_of_life as (

    select
        bounded_sessions.person_key,
        bounded_sessions.track,
        bounded_sessions.session_number,
        max(agent_legs.ended_at) as last_leg_ended_at
    from bounded_sessions
    inner join agent_persons on bounded_sessions.person_key = agent_persons.person_key
    inner join agent_legs
        on
            agent_persons.source_system = agent_legs.source_system
            and agent_persons.source_instance = agent_legs.source_instance
            and agent_persons.agent_code = agent_legs.agent_code
            and bounded_sessions.last_event_at < agent_legs.ended_at
            and bounded_sessions.next_started_at > agent_legs.ended_at
            {{ since_agent_slices('agent_legs.connected_at', 31) }}
            and bounded_sessions.limit_at > agent_legs.connected_at
    where bounded_sessions.logged_out_at is null
    group by
        bounded_sessions.person_key, bounded_sessions.track, bounded_sessions.session_number

),

sessions_with_signs as (

    select
        bounded_sessions.*,
        greatest(bounded_sessions.last_event_at, signs_of_life.last_leg_ended_at)
        + interval '{{ number_of("session_grace_minutes") }}' minute
            as grace_ends_at
    from bounded_sessions
    left join signs_of_life
        on
            bounded_sessions.person_key = signs_of_life.person_key
            and bounded_sessions.track = signs_of_life.track
            and bounded_sessions.session_number = signs_of_life.session_number

),

agent_sessions as (

    select
        person_key,
        track,
        started_at,
        case
            when logged_out_at is null then least(grace_ends_at, next_started_at, limit_at)
            else least(logged_out_at, limit_at)
        end as ended_at,
        -- Whatever the next session is: where it begins at the last event, that belongs to it.
        least(next_started_at, last_event_at + interval '1' microsecond) as events_until_at,
        case
            when logged_out_at <= limit_at then 'logout'
            when logged_out_at is not null then 'limit'
            when least(grace_ends_at, limit_at) >= next_started_at then 'next_login'
            when grace_ends_at <= limit_at then 'last_sign_of_life'
            else 'limit'
        end as closed_by,
        is_continuation
    from sessions_with_signs

)

select * from agent_sessions
