-- One row per agent of whom there is a leg or a state event.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_agents() }}'
) }}

with

agent_legs as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_agent_legs') }}
    where agent_code is not null {{ and_of_touched_agents('connected_at') }}

),

agent_state_events as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_agent_state_events') }}
    where agent_code is not null {{ and_of_touched_agents('event_at') }}

),

touched_agents as (

    select distinct
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_touched_agent_days') }}

),

seen_agents as (

    select * from agent_legs
    union
    select * from agent_state_events

),

-- Whose records of the touched days are all gone may have older ones.
other_agents as (

    select * from touched_agents
    except
    select * from seen_agents

),

older_agents as (

    select
        agent_legs.source_system,
        agent_legs.source_instance,
        agent_legs.agent_code
    from {{ ref('int_agent_legs') }} as agent_legs
    inner join other_agents
        on
            agent_legs.source_system = other_agents.source_system
            and agent_legs.source_instance = other_agents.source_instance
            and agent_legs.agent_code = other_agents.agent_code

    union

    select
        agent_state_events.source_system,
        agent_state_events.source_instance,
        agent_state_events.agent_code
    from {{ ref('int_agent_state_events') }} as agent_state_events
    inner join other_agents
        on
            agent_state_events.source_system = other_agents.source_system
            and agent_state_events.source_instance = other_agents.source_instance
            and agent_state_events.agent_code = other_agents.agent_code

),

working_agents as (

    select * from seen_agents

    union all

    select * from older_agents

)

select * from working_agents
