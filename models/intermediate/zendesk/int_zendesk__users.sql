-- One row per user of Zendesk, and whether the user is an agent or was one.
with

landed_users as (

    select * from {{ ref('stg_zendesk__user') }}
    where row_status = 'used' or row_status_reason = 'superseded_version'

),

tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}
    where row_status = 'used' and source_assignee_id is not null

),

assignments as (

    select * from {{ ref('stg_zendesk__ticket_field_history') }}
    where row_status = 'used' and field_name = 'assignee_id' and field_value is not null

),

-- Whoever leaves is made an end user before the account goes: what they did they did as agents.
assignees as (

    select
        source_instance,
        source_assignee_id as source_user_id
    from tickets

    union

    select
        source_instance,
        field_value as source_user_id
    from assignments

),

former_selves as (

    select
        source_instance,
        source_user_id,
        max_by(
            agent_name, (coalesce(updated_at, timestamp '1900-01-01 00:00:00'), agent_name)
        ) as agent_name,
        max_by(
            source_group_id,
            (coalesce(updated_at, timestamp '1900-01-01 00:00:00'), source_group_id)
        ) as source_group_id
    from landed_users
    where role in ('agent', 'admin')
    group by source_instance, source_user_id

),

present_users as (

    select * from landed_users
    where row_status = 'used'

),

all_users as (

    select
        source_instance,
        source_user_id
    from present_users

    union

    select
        source_instance,
        source_user_id
    from assignees

),

users as (

    select
        all_users.source_instance,
        all_users.source_user_id,
        coalesce(present_users.source_group_id, former_selves.source_group_id) as source_group_id,
        coalesce(present_users.agent_name, former_selves.agent_name) as agent_name,
        present_users.email_hash,
        present_users.phone_hash,
        coalesce(present_users.is_suspended, false) as is_suspended,
        coalesce(former_selves.source_user_id, assignees.source_user_id) is not null as is_agent
    from all_users
    left join present_users
        on
            all_users.source_instance = present_users.source_instance
            and all_users.source_user_id = present_users.source_user_id
    left join former_selves
        on
            all_users.source_instance = former_selves.source_instance
            and all_users.source_user_id = former_selves.source_user_id
    left join assignees
        on
            all_users.source_instance = assignees.source_instance
            and all_users.source_user_id = assignees.source_user_id

)

select * from users
