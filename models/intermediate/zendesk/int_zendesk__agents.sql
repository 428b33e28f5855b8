-- One row per present or former agent of Zendesk, in the group that is theirs by default.
with

users as (

    select * from {{ ref('int_zendesk__users') }}
    where is_agent

),

-- Which group was theirs before is not delivered.
agents as (

    select
        'zendesk' as source_system,
        source_instance,
        source_user_id as agent_code,
        coalesce(agent_name, source_user_id) as agent_name,
        source_group_id as team_code,
        false as is_shared_login,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from users

)

select * from agents
