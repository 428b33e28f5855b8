-- One row per message or event of a contact of the sample by text message, social medium or ticket.
{{ config(materialized='table') }}

with

thread_messages as (

    select * from {{ ref('int_sample__thread_messages') }}

),

ticket_events as (

    select * from {{ ref('int_sample__ticket_events') }}

),

tickets as (

    select * from {{ ref('int_sample__tickets') }}

),

written_events as (

    select
        contact_key,
        cast(null as bigint) as ticket_key,
        source_system,
        source_instance,
        source_contact_id,
        'thread' as item_type,
        source_thread_id as source_item_id,
        source_message_id as source_event_id,
        channel_code,
        case sender
            when 'customer' then 'customer_message'
            when 'agent' then 'agent_reply'
            else 'bot_message'
        end as event_type,
        queue_code,
        -- A thread has no status; a new contact of it is one that is not answered yet.
        cast(null as string) as entered_status,
        agent_code,
        row_number() over (
            partition by contact_key
            order by sent_at, source_message_id
        ) as event_sequence,
        sent_at as event_at,
        source_file,
        source_row,
        loaded_at
    from thread_messages

    union all

    select
        tickets.contact_key,
        tickets.ticket_key,
        ticket_events.source_system,
        ticket_events.source_instance,
        ticket_events.source_ticket_id as source_contact_id,
        'ticket' as item_type,
        ticket_events.source_ticket_id as source_item_id,
        ticket_events.source_event_id,
        tickets.channel_code,
        case
            when ticket_events.event_type = 'created' and not tickets.opened_by_agent
                then 'customer_message'
            else ticket_events.event_type
        end as event_type,
        ticket_events.queue_code,
        ticket_events.entered_status,
        ticket_events.agent_code,
        ticket_events.event_sequence,
        ticket_events.event_at,
        ticket_events.source_file,
        ticket_events.source_row,
        ticket_events.loaded_at
    from ticket_events
    inner join tickets on ticket_events.source_ticket_id = tickets.source_ticket_id

)

select * from written_events
