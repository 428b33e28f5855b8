-- One row per agent or administrator of Zendesk, in the group that is theirs by default.
with

users as (

    select * from {{ ref('stg_zendesk__user') }}
    where row_status = 'used' and role in ('agent', 'admin')

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
