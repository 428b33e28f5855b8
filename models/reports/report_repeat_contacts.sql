-- One row per contact with which a customer came back for the same reason within the repeat window.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_contacts', 'started_date') }}"
) }}

with

contacts_of_dates as (

    select * from {{ ref('fact_contacts') }}
    {{ of_touched_dates('fact_contacts', 'started_date') }}

),

repeats as (

    select * from contacts_of_dates
    where repeat_count = 1

),

contacts as (

    select * from {{ ref('fact_contacts') }}
    {{ since_first_of(
        'repeats',
        "started_at - interval '1' second * cast(previous_contact_seconds + 1 as int)",
        'started_at'
    ) }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

report_repeat_contacts as (

    select
        repeats.contact_key,
        repeats.customer_key,
        repeats.source_system,
        repeats.source_instance,
        repeats.source_contact_id,
        contacts.contact_key as earlier_contact_key,
        contacts.source_contact_id as earlier_source_contact_id,

        repeats.started_date,
        repeats.started_at,
        contacts.started_at as earlier_started_at,

        repeats.channel_name,
        repeats.contact_reason_name,
        repeats.outcome,
        contacts.channel_name as earlier_channel_name,
        contacts.contact_reason_name as earlier_contact_reason_name,
        contacts.outcome as earlier_outcome,
        contacts.disposition_name as earlier_disposition_name,
        dim_queue.queue_name as earlier_queue_name,
        contacts.handling_agent_key as earlier_agent_key,
        contacts.handling_agent_name as earlier_agent_name,
        contacts.handling_team_name as earlier_team_name,

        cast(repeats.previous_contact_seconds as double) / 3600 as gap_hours,
        contacts.handle_seconds as earlier_handle_seconds,
        repeats.handle_seconds,

        repeats.channel_key <> contacts.channel_key as has_changed_channel,
        contacts.has_reached_agent as has_earlier_reached_agent,
        contacts.is_resolved as is_earlier_resolved
    from repeats
    inner join contacts on repeats.earlier_contact_key = contacts.contact_key
    inner join dim_queue
        on
            case
                when contacts.handling_queue_key = -1 then contacts.entry_queue_key
                else contacts.handling_queue_key
            end = dim_queue.queue_key

)

select * from report_repeat_contacts
