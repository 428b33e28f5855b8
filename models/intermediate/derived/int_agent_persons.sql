-- One row per person who is listed as an agent, worked, had a ticket, was planned or employed.
{{ config(materialized='table') }}

with

agents as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_agents') }}

),

working_agents as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_working_agents') }}

),

outbound_attempts as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_outbound_attempts') }}
    where agent_code is not null

),

ticket_status_changes as (

    select
        source_system,
        source_instance,
        assigned_agent_code as agent_code
    from {{ ref('int_ticket_status_changes') }}
    where assigned_agent_code is not null

),

schedule_activities as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_schedule_activities') }}

),

absences as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_absences') }}

),

employment_events as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_employment_events') }}

),

payroll_months as (

    select
        source_system,
        source_instance,
        agent_code
    from {{ ref('int_payroll_months') }}

),

people as (

    select * from agents
    union
    select * from working_agents
    union
    select * from outbound_attempts
    union
    select * from ticket_status_changes
    union
    select * from schedule_activities
    union
    select * from absences
    union
    select * from employment_events
    union
    select * from payroll_months

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
