-- One row per comment on a ticket of Zendesk or message of its chat, internal notes included.
with

-- Where the beginning is missing, nobody can say which answer was the first.
tickets as (

    select * from {{ ref('int_zendesk__tickets') }}
    where not is_beginning_missing

),

ticket_events as (

    select * from {{ ref('int_zendesk__ticket_events') }}
    where event_type in ('customer_message', 'bot_message', 'agent_reply', 'internal_note')

),

contact_messages as (

    select
        {{ source_key('message', 'ticket_events.source_event_id', 'tickets.source_system',
                      'tickets.source_instance') }} as message_key,
        tickets.contact_key,
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_instance,
        ticket_events.source_event_id as source_message_id,
        case
            when ticket_events.event_type = 'customer_message' then 'customer'
            when
                ticket_events.event_type = 'bot_message'
                or ticket_events.agent_code is null
                then 'bot'
            else 'agent'
        end as sender,
        ticket_events.agent_code,
        ticket_events.queue_code,
        tickets.channel_code,
        ticket_events.event_type <> 'internal_note' as is_public,
        tickets.is_excluded,
        cast(
            row_number() over (
                partition by tickets.ticket_key
                order by ticket_events.event_sequence
            ) as int
        ) as message_sequence,
        ticket_events.event_at as sent_at,
        ticket_events.source_file,
        ticket_events.source_row,
        ticket_events.loaded_at
    from ticket_events
    inner join tickets
        on
            ticket_events.source_instance = tickets.source_instance
            and ticket_events.source_ticket_id = tickets.source_ticket_id

)

select * from contact_messages
