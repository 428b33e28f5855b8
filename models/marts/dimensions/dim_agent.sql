-- One row per agent and span of time in one team (version), with the two missing members.
with

listed_agents as (

    select * from {{ ref('int_agents') }}

),

dim_team as (

    select * from {{ ref('dim_team') }}

),

agent_persons as (

    select * from {{ ref('int_agent_persons') }}

),

-- Who is listed anew in the same team, under another name say, has not moved. An agent has one
-- name, the latest known, as a queue has.
compared_agents as (

    select
        source_system,
        source_instance,
        agent_code,
        {{ value_at_last(
            'case when agent_name <> agent_code then agent_name end', 'valid_from'
        ) }} over per_agent as agent_name,
        team_code,
        is_shared_login,
        valid_from,
        row_number() over in_order as listed_number,
        lag(team_code) over in_order as previous_team_code,
        lag(is_shared_login) over in_order as was_shared_login
    from listed_agents
    window
        per_agent as (partition by source_system, source_instance, agent_code),
        in_order as (
            partition by source_system, source_instance, agent_code
            order by valid_from
        )

),

agents as (

    select
        source_system,
        source_instance,
        agent_code,
        agent_name,
        team_code,
        is_shared_login,
        valid_from,
        {{ valid_to(['source_system', 'source_instance', 'agent_code']) }} as valid_to
    from compared_agents
    where
        listed_number = 1
        or team_code is distinct from previous_team_code
        or is_shared_login <> was_shared_login

),

-- An agent id that was used again after a rehire is known by its first and last day.
employments as (

    select
        source_system,
        source_instance,
        agent_code,
        max(person_hash) as person_hash,
        min(hired_on) as hired_on,
        case when max_by(left_on is null, hired_on) then null else max(left_on) end as left_on
    from {{ ref('int_employments') }}
    group by source_system, source_instance, agent_code

),

-- An agent whom no directory names is known by the code alone.
agents_and_unlisted as (

    select
        agent_persons.source_system,
        agent_persons.source_instance,
        agent_persons.agent_code,
        coalesce(agents.agent_name, agent_persons.agent_code) as agent_name,
        agents.team_code,
        coalesce(agents.is_shared_login, false) as is_shared_login,
        employments.person_hash,
        employments.hired_on,
        employments.left_on,
        coalesce(agents.valid_from, timestamp '1900-01-01 00:00:00') as valid_from,
        coalesce(agents.valid_to, timestamp '9999-12-31 00:00:00') as valid_to
    from agent_persons
    left join agents
        on
            agent_persons.source_system = agents.source_system
            and agent_persons.source_instance = agents.source_instance
            and agent_persons.agent_code = agents.agent_code
    left join employments
        on
            agent_persons.source_system = employments.source_system
            and agent_persons.source_instance = employments.source_instance
            and agent_persons.agent_code = employments.agent_code

),

agent_versions as (

    select
        {{ surrogate_key(["'agent'", 'source_system', 'source_instance', 'agent_code',
                          'cast(valid_from as string)']) }} as agent_key,
        concat_ws(':', source_system, source_instance, agent_code) as agent_id,
        source_system,
        source_instance,
        agent_code,
        agent_name,
        coalesce(team_code, 'none') as team_code,
        -- Whom the personnel office does not know is known by the log-in.
        case
            when not is_shared_login
                then {{ source_key('person', "coalesce(person_hash, 'agent ' || agent_code)") }}
            else -1
        end as person_key,
        is_shared_login,
        hired_on,
        left_on,
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
        agent_versions.person_key,
        agent_versions.is_shared_login,
        agent_versions.hired_on,
        agent_versions.left_on,
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

    select
        -1 as agent_key,
        'none' as agent_id,
        'No agent' as agent_name

    union all

    select
        -2 as agent_key,
        'unknown' as agent_id,
        'Unknown agent' as agent_name

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
        agent_key as person_key,
        false as is_shared_login,
        null as hired_on,
        null as left_on,
        true as is_current,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from missing_members

)

select * from dim_agent
