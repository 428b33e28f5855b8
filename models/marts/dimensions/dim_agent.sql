-- One row per agent and span of time in one team (version), with the two missing members.
with

agents as (

    select * from {{ ref('int_agents') }}

),

dim_team as (

    select * from {{ ref('dim_team') }}

),

agent_legs as (

    select * from {{ ref('int_agent_legs') }}

),

agent_state_events as (

    select * from {{ ref('int_agent_state_events') }}

),

agents_at_work as (

    select source_system, source_instance, agent_code from agent_legs
    where agent_code is not null

    union

    select source_system, source_instance, agent_code from agent_state_events

),

-- An agent whom no directory names is known by the code alone.
agents_and_unlisted as (

    select * from agents

    union all

    select
        agents_at_work.source_system,
        agents_at_work.source_instance,
        agents_at_work.agent_code,
        agents_at_work.agent_code as agent_name,
        null as team_code,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from agents_at_work
    left join agents
        on
            agents_at_work.source_system = agents.source_system
            and agents_at_work.source_instance = agents.source_instance
            and agents_at_work.agent_code = agents.agent_code
    where agents.agent_code is null

),

agent_versions as (

    select
        {{ surrogate_key(["'agent'", 'source_system', 'source_instance', 'agent_code',
                          'cast(valid_from as varchar)']) }} as agent_key,
        {{ agent_id() }} as agent_id,
        source_system,
        source_instance,
        agent_code,
        agent_name,
        coalesce(team_code, 'none') as team_code,
        valid_from,
        valid_to
    from agents_and_unlisted

),

versions_with_teams as (

    select
        agent_versions.agent_key,
        agent_versions.agent_id,
        agent_versions.source_system,
        agent_versions.source_instance,
        agent_versions.agent_code,
        agent_versions.agent_name,
        coalesce(dim_team.team_key, -1) as team_key,
        coalesce(dim_team.team_name, 'Unassigned') as team_name,
        dim_team.department,
        dim_team.site_name,
        dim_team.time_zone,
        agent_versions.valid_to = timestamp '9999-12-31 00:00:00' as is_current,
        agent_versions.valid_from,
        agent_versions.valid_to
    from agent_versions
    left join dim_team
        on
            agent_versions.source_system = dim_team.source_system
            and agent_versions.source_instance = dim_team.source_instance
            and agent_versions.team_code = dim_team.team_code

),

missing_members as (

    select -1 as agent_key, 'none' as agent_id, 'No agent' as agent_name

    union all

    select -2, 'unknown', 'Unknown agent'

),

dim_agent as (

    select * from versions_with_teams

    union all

    select
        agent_key,
        agent_id,
        'none' as source_system,
        'none' as source_instance,
        agent_id as agent_code,
        agent_name,
        agent_key as team_key,
        case when agent_key = -1 then 'Unassigned' else 'Unknown team' end as team_name,
        null as department,
        null as site_name,
        null as time_zone,
        true as is_current,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from missing_members

)

select * from dim_agent
