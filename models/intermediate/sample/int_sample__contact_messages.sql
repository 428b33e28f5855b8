-- One row per message of a chat, thread or ticket of the sample, internal notes included.
with

messages as (

    select * from {{ ref('stg_sample__messages') }}
    where row_status = 'used' and channel_code = 'chat'

),

chat_contacts as (

    select * from {{ ref('int_sample__chat_contacts') }}

),

written_events as (

    select * from {{ ref('int_sample__written_events') }}
    where event_type in ('customer_message', 'bot_message', 'agent_reply', 'internal_note')

),

tickets as (

    select * from {{ ref('int_sample__tickets') }}

),

all_messages as (

    select
        chat_contacts.contact_key,
        cast(null as bigint) as ticket_key,
        chat_contacts.source_system,
        chat_contacts.source_instance,
        messages.source_message_id,
        messages.sender,
        messages.agent_code,
        messages.queue_code,
        'chat' as channel_code,
        true as is_public,
        chat_contacts.is_excluded,
        messages.sent_at,
        0 as event_sequence,
        messages.source_file,
        messages.source_row,
        messages.loaded_at
    from messages
    inner join chat_contacts on messages.source_thread_id = chat_contacts.source_contact_id

    union all

    select
        written_events.contact_key,
        written_events.ticket_key,
        written_events.source_system,
        written_events.source_instance,
        written_events.source_event_id as source_message_id,
        case written_events.event_type
            when 'customer_message' then 'customer'
            when 'bot_message' then 'bot'
            else 'agent'
        end as sender,
        written_events.agent_code,
        written_events.queue_code,
        written_events.channel_code,
        written_events.event_type <> 'internal_note' as is_public,
        coalesce(tickets.is_excluded, false) as is_excluded,
        written_events.event_at as sent_at,
        written_events.event_sequence,
        written_events.source_file,
        written_events.source_row,
        written_events.loaded_at
    from written_events
    left join tickets on written_events.ticket_key = tickets.ticket_key

),

contact_messages as (

    select
        {{ source_key('message', 'source_message_id') }} as message_key,
        contact_key,
        ticket_key,
        source_system,
        source_instance,
        source_message_id,
        sender,
        agent_code,
        queue_code,
        channel_code,
        is_public,
        is_excluded,
        cast(
            row_number() over (
                partition by coalesce(ticket_key, contact_key)
                order by sent_at, event_sequence, source_message_id
            ) as int
        ) as message_sequence,
        sent_at,
        source_file,
        source_row,
        loaded_at
    from all_messages

)

select * from contact_messages
