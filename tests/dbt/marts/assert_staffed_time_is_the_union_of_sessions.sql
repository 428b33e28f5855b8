-- The logged-in time of an agent is the union of the sessions, found here from the sessions alone.
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

seconds_of_sessions as (

    select
        person_key,
        sum(
            case
                when covered_until is null or covered_until <= started_at
                    then {{ seconds_between('started_at', 'ended_at') }}
                when covered_until < ended_at
                    then {{ seconds_between('covered_until', 'ended_at') }}
                else 0
            end
        ) as union_seconds
    from agent_sessions
    group by person_key

),

seconds_logged_in as (

    select
        agent_persons.person_key,
        sum(agent_states.state_seconds) as logged_in_seconds
    from {{ ref('fact_agent_states') }} as agent_states
    inner join {{ ref('dim_agent') }} as agents on agent_states.agent_key = agents.agent_key
    inner join {{ ref('int_agent_persons') }} as agent_persons
        on
            agents.source_system = agent_persons.source_system
            and agents.source_instance = agent_persons.source_instance
            and agents.agent_code = agent_persons.agent_code
    where agent_states.is_logged_in
    group by agent_persons.person_key

)

select
    seconds_of_sessions.person_key,
    seconds_of_sessions.union_seconds,
    seconds_logged_in.logged_in_seconds
from seconds_of_sessions
full outer join seconds_logged_in
    on seconds_of_sessions.person_key = seconds_logged_in.person_key
where
    coalesce(seconds_of_sessions.union_seconds, 0)
    <> coalesce(seconds_logged_in.logged_in_seconds, 0)
