-- One row per message of a chat, thread or ticket of the files.
with

contact_messages as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__contact_messages') }}
    where row_status = 'used'

),

contacts as (

    select * from {{ ref('int_files__contacts') }}

),

tickets as (

    select * from {{ ref('int_files__tickets') }}

),

messages_of_contacts as (

    select
        contact_messages.*,
        tickets.ticket_key as known_ticket_key,
        coalesce(contacts.contact_key, tickets.contact_key) as known_contact_key,
        coalesce(contacts.channel_code, tickets.channel_code) as channel_code,
        coalesce(contacts.is_excluded, tickets.is_excluded) as is_excluded,
        coalesce(contact_messages.queue_code, tickets.queue_code) as queue_or_ticket_queue_code
    from contact_messages
    left join contacts
        on
            contact_messages.source_instance = contacts.source_instance
            and contact_messages.contact_id = contacts.source_contact_id
    left join tickets
        on
            contact_messages.source_instance = tickets.source_instance
            and contact_messages.ticket_id = tickets.source_ticket_id

),

numbered_messages as (

    select
        {{ source_key('message', 'message_id') }} as message_key,
        known_contact_key as contact_key,
        known_ticket_key as ticket_key,
        source_system,
        source_instance,
        message_id as source_message_id,
        sender,
        agent_code,
        queue_or_ticket_queue_code as queue_code,
        channel_code,
        is_public,
        is_excluded,
        cast(
            row_number() over (
                partition by coalesce(known_ticket_key, known_contact_key)
                order by sent_at, message_id
            ) as int
        ) as message_sequence,
        sent_at,
        source_file,
        source_row,
        loaded_at
    from messages_of_contacts

)

select * from numbered_messages
