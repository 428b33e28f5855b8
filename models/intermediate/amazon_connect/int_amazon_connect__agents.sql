-- One row per agent and span of time in one team, without gaps.
with

agent_observations as (

    select * from {{ ref('int_amazon_connect__agent_observations') }}

),

agents as (

    select
        source_instance,
        agent_code,
        coalesce(
            max_by(
                agent_name, case when is_event and agent_name is not null then observed_at end
            ),
            max_by(agent_name, case when agent_name is not null then observed_at end),
            agent_code
        ) as agent_name,
        min(case when is_event then observed_at end) as first_event_at
    from agent_observations
    group by source_instance, agent_code

),

-- The event stream tells a change when it happens; before it began contact records have to do.
teams_at_times as (

    select
        agents.source_instance,
        agents.agent_code,
        agents.agent_name,
        agent_observations.observed_at,
        max(agent_observations.team_code) as team_code
    from agent_observations
    inner join agents
        on
            agent_observations.source_instance = agents.source_instance
            and agent_observations.agent_code = agents.agent_code
    where
        agent_observations.is_event
        or agents.first_event_at is null
        or agent_observations.observed_at < agents.first_event_at
    group by
        agents.source_instance, agents.agent_code, agents.agent_name, agent_observations.observed_at

),

compared_teams as (

    select
        *,
        row_number() over per_agent as observation_number,
        lag(team_code) over per_agent as previous_team_code
    from teams_at_times
    window per_agent as (partition by source_instance, agent_code order by observed_at)

),

-- Work before the first observation belongs to the first team seen.
team_changes as (

    select
        source_instance,
        agent_code,
        agent_name,
        team_code,
        case
            when observation_number = 1 then timestamp '1900-01-01 00:00:00'
            else observed_at
        end as valid_from
    from compared_teams
    where observation_number = 1 or team_code is distinct from previous_team_code

),

spans_without_gaps as (

    select
        'amazon_connect' as source_system,
        source_instance,
        agent_code,
        agent_name,
        team_code,
        false as is_shared_login,
        valid_from,
        {{ valid_to(['source_instance', 'agent_code']) }} as valid_to
    from team_changes

)

select * from spans_without_gaps
