-- One row per user and span of time in one team, as conversations name the team.
with

user_directory as (

    select * from {{ ref('stg_genesys_cloud__user_directory') }}
    where row_status = 'used'

),

agent_stretches as (

    select * from {{ ref('int_genesys_cloud__agent_stretches') }}

),

user_spans as (

    select * from {{ ref('stg_genesys_cloud__user_spans') }}

),

users as (

    select
        source_instance,
        id as user_id
    from user_directory

    union

    select
        source_instance,
        user_id
    from user_spans

    union

    select
        source_instance,
        user_id
    from agent_stretches
    where user_id is not null

),

-- A record without a team says nothing about it.
known_teams as (

    select
        source_instance,
        user_id,
        started_at,
        max(team_id) as team_id
    from agent_stretches
    where user_id is not null and team_id is not null
    group by source_instance, user_id, started_at

),

teams_in_order as (

    select
        source_instance,
        user_id,
        team_id,
        started_at,
        lag(team_id) over (
            partition by source_instance, user_id
            order by started_at
        ) as previous_team_id
    from known_teams

),

-- The first team known is taken to be the one before as well.
team_changes as (

    select
        source_instance,
        user_id,
        team_id,
        case
            when previous_team_id is null then timestamp '1900-01-01 00:00:00'
            else started_at
        end as valid_from
    from teams_in_order
    where team_id is distinct from previous_team_id

),

user_versions as (

    select
        users.source_instance,
        users.user_id,
        team_changes.team_id,
        coalesce(team_changes.valid_from, timestamp '1900-01-01 00:00:00') as valid_from
    from users
    left join team_changes
        on
            users.source_instance = team_changes.source_instance
            and users.user_id = team_changes.user_id

),

agents as (

    select
        'genesys_cloud' as source_system,
        user_versions.source_instance,
        user_versions.user_id as agent_code,
        coalesce(user_directory.name, user_versions.user_id) as agent_name,
        user_versions.team_id as team_code,
        false as is_shared_login,
        user_versions.valid_from,
        {{ valid_to(['user_versions.source_instance', 'user_versions.user_id']) }} as valid_to
    from user_versions
    left join user_directory
        on
            user_versions.source_instance = user_directory.source_instance
            and user_versions.user_id = user_directory.id

)

select * from agents
