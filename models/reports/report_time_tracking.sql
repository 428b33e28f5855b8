-- One row per contact, agent version and date on which the agent worked on the contact.
{{ config(materialized='view') }}

with

agent_contact_days as (

    select * from {{ ref('agent_contact_days') }}

),

tickets as (

    select * from {{ ref('fact_tickets') }}
    where contact_key >= 0

),

-- Several tickets may be about one call, whose time was spent once.
tickets_of_contacts as (

    select
        contact_key,
        {{ value_at_first('source_ticket_id', '(created_at, ticket_key)') }} as source_ticket_id,
        count(*) as ticket_count
    from tickets
    group by contact_key

),

report_time_tracking as (

    select
        agent_contact_days.contact_key,
        agent_contact_days.source_system,
        agent_contact_days.source_instance,
        agent_contact_days.source_contact_id,
        tickets_of_contacts.source_ticket_id,
        coalesce(tickets_of_contacts.ticket_count, 0) as ticket_count,
        agent_contact_days.agent_key,
        agent_contact_days.agent_id,
        agent_contact_days.agent_name,
        agent_contact_days.team_key,
        agent_contact_days.team_name,
        agent_contact_days.channel_name,
        agent_contact_days.contact_reason_name,
        agent_contact_days.direction,
        agent_contact_days.connected_date,
        agent_contact_days.first_connected_at,
        agent_contact_days.leg_count,
        agent_contact_days.active_seconds,
        agent_contact_days.on_contact_seconds,
        agent_contact_days.after_contact_work_seconds,
        agent_contact_days.connected_seconds
    from agent_contact_days
    left join tickets_of_contacts
        on agent_contact_days.contact_key = tickets_of_contacts.contact_key

)

select * from report_time_tracking
