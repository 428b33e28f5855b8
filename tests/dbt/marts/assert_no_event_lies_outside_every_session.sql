-- Whoever is seen in a state is logged in: no event but offline lies outside the sessions.
with

points as (

    select
        person_key,
        track,
        started_at as point_at,
        ended_at as session_ended_at,
        0 as is_event
    from {{ ref('int_agent_sessions') }}

    union all

    select
        person_key,
        track,
        event_at as point_at,
        null as session_ended_at,
        1 as is_event
    from {{ ref('int_agent_state_changes') }}
    where not is_logout

),

points_in_order as (

    select
        *,
        {{ last_known('session_ended_at') }} over (
            partition by person_key, track
            order by point_at, is_event, session_ended_at
            rows between unbounded preceding and current row
        ) as logged_in_until
    from points

)

select * from points_in_order
where is_event = 1 and (logged_in_until is null or point_at > logged_in_until)
