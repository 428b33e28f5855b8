-- One row per agent of the sample and span of time in one team.
with

raw_agents as (

    select * from {{ ref('raw_agents') }}

),

agents as (

    select
        agent_id as agent_code,
        agent_name,
        team_id as team_code,
        extension,
        lower(is_shared_login) = 'true' as is_shared_login,
        {{ utc_from_offset_text('valid_from') }} as valid_from,
        {{ utc_from_offset_text('valid_to') }} as valid_to
    from raw_agents

)

select * from agents
