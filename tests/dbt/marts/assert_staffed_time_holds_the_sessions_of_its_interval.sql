-- Staffed time is the sum of the six states, holds every second of the sessions in its quarter
-- hour, and beyond them nothing but contacts and their work; without a session it is NULL, or 0
-- where a schedule alone makes the row.
with

agent_sessions as (

    select
        person_key,
        started_at,
        ended_at,
        max(ended_at) over (
            partition by person_key
            order by started_at, ended_at
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from {{ ref('int_agent_sessions') }}

),

-- What of a session no earlier one covers, so that no second counts twice.
uncovered_sessions as (

    select
        person_key,
        greatest(started_at, coalesce(covered_until, started_at)) as started_at,
        ended_at
    from agent_sessions
    where started_at < ended_at and (covered_until is null or covered_until < ended_at)

),

session_quarter_hours as (

    select
        *,
        {{ each_quarter_hour(
            quarter_hour('started_at'),
            quarter_hour("ended_at - interval '1' microsecond")
        ) }} as interval_start_at
    from uncovered_sessions

),

agent_ids as (

    select distinct
        agent_id,
        source_system,
        source_instance,
        agent_code
    from {{ ref('dim_agent') }}

),

seconds_of_sessions as (

    select
        agent_ids.agent_id,
        session_quarter_hours.interval_start_at,
        sum({{ seconds_between(
            'greatest(session_quarter_hours.started_at, session_quarter_hours.interval_start_at)',
            "least(
                session_quarter_hours.ended_at,
                session_quarter_hours.interval_start_at + interval '15' minute
            )"
        ) }}) as session_seconds
    from session_quarter_hours
    inner join {{ ref('int_agent_persons') }} as agent_persons
        on session_quarter_hours.person_key = agent_persons.person_key
    inner join agent_ids
        on
            agent_persons.source_system = agent_ids.source_system
            and agent_persons.source_instance = agent_ids.source_instance
            and agent_persons.agent_code = agent_ids.agent_code
    group by agent_ids.agent_id, session_quarter_hours.interval_start_at

),

seconds_of_intervals as (

    select
        agent_id,
        interval_start_at,
        sum(staffed_seconds) as staffed_seconds,
        sum(busy_seconds) as busy_seconds,
        max(case when scheduled_seconds is not null then 1 else 0 end) = 1 as has_schedule,
        max(
            case
                when
                    staffed_seconds
                    <> on_contact_seconds + after_contact_work_seconds + ringing_seconds
                    + not_responding_seconds + available_seconds + auxiliary_seconds
                    then 1
                else 0
            end
        ) as is_other_than_its_states
    from {{ ref('fact_agent_intervals') }}
    group by agent_id, interval_start_at

)

select
    seconds_of_sessions.session_seconds,
    seconds_of_intervals.*
from seconds_of_sessions
full outer join seconds_of_intervals
    on
        seconds_of_sessions.agent_id = seconds_of_intervals.agent_id
        and seconds_of_sessions.interval_start_at = seconds_of_intervals.interval_start_at
where
    seconds_of_intervals.is_other_than_its_states = 1
    or (
        (seconds_of_intervals.staffed_seconds is null)
        <> (seconds_of_sessions.session_seconds is null)
        and not (
            seconds_of_intervals.has_schedule
            and seconds_of_intervals.staffed_seconds = 0
            and seconds_of_sessions.session_seconds is null
        )
    )
    or seconds_of_intervals.staffed_seconds < seconds_of_sessions.session_seconds
    or seconds_of_intervals.staffed_seconds
    > seconds_of_sessions.session_seconds + seconds_of_intervals.busy_seconds
