-- One row per contact, agent version and date on which the agent worked on the contact.
-- Stored for the reports on working time, so that a day of data adds up the legs of that day only.
{{ config(
    schema='intermediate',
    access='private',
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_agent_legs', 'connected_date') }}"
) }}

with

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    {{ of_touched_dates('fact_agent_legs', 'connected_date') }}

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

worked_contacts as (

    select
        contact_key,
        agent_key,
        agent_id,
        agent_name,
        team_key,
        team_name,
        connected_date,
        min(connected_at) as first_connected_at,
        count(*) as leg_count,
        sum(split_seconds) as on_contact_seconds,
        sum(split_after_contact_work_seconds) as after_contact_work_seconds,
        sum(connected_seconds) as connected_seconds
    from agent_legs
    where split_seconds is not null
    group by contact_key, agent_key, agent_id, agent_name, team_key, team_name, connected_date

),

agent_contact_days as (

    select
        worked_contacts.contact_key,
        worked_contacts.agent_key,
        worked_contacts.team_key,
        contacts.channel_key,
        contacts.contact_reason_key,
        contacts.source_system,
        contacts.source_instance,
        contacts.source_contact_id,
        worked_contacts.agent_id,
        worked_contacts.agent_name,
        worked_contacts.team_name,
        contacts.channel_name,
        contacts.contact_reason_name,
        contacts.direction,
        cast(
            worked_contacts.on_contact_seconds + worked_contacts.after_contact_work_seconds
            as decimal(18, 3)
        ) as active_seconds,
        cast(worked_contacts.on_contact_seconds as decimal(18, 3)) as on_contact_seconds,
        cast(worked_contacts.after_contact_work_seconds as decimal(18, 3))
            as after_contact_work_seconds,
        cast(worked_contacts.connected_seconds as decimal(18, 3)) as connected_seconds,
        worked_contacts.leg_count,
        contacts.contact_count,
        worked_contacts.first_connected_at,
        worked_contacts.connected_date,
        contacts.started_date
    from worked_contacts
    inner join contacts on worked_contacts.contact_key = contacts.contact_key

)

select * from agent_contact_days
