-- One row per person who is listed as an agent, worked on a contact or changed state.
{{ config(materialized='table') }}

with

agents as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_agents') }}

),

agent_legs as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_agent_legs') }}
    where agent_code is not null

),

outbound_attempts as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_outbound_attempts') }}
    where agent_code is not null

),

agent_state_events as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_agent_state_events') }}

),

people as (

    select * from agents
    union
    select * from agent_legs
    union
    select * from outbound_attempts
    union
    select * from agent_state_events

),

-- Sorting millions of events by one number is cheaper than by three texts.
agent_persons as (

    select
        {{ source_key('agent', 'agent_code') }} as person_key,
        source_system,
        source_instance,
        agent_code
    from people

)

select * from agent_persons
