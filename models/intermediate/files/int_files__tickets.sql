-- One row per ticket of the files.
with

tickets as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__tickets') }}
    where row_status = 'used'

),

contacts as (

    select * from {{ ref('int_files__contacts') }}

),

-- What was written in no ticket is a contact that the ticket is about.
tickets_with_contact as (

    select
        {{ source_key('ticket', 'tickets.ticket_id', 'tickets.source_system',
                      'tickets.source_instance') }} as ticket_key,
        contacts.contact_key,
        tickets.source_system,
        tickets.source_instance,
        tickets.ticket_id as source_ticket_id,
        contacts.channel_code,
        tickets.queue_code,
        coalesce(tickets.contact_reason_code, contacts.contact_reason_code) as contact_reason_code,
        tickets.priority,
        contacts.channel_code in ('phone', 'app_voice', 'chat', 'sms', 'social')
            as is_linked_contact,
        contacts.is_excluded,
        contacts.exclusion_reason,
        tickets.opened_by_agent,
        tickets.created_at,
        tickets.dq_flag,
        tickets.source_file,
        tickets.source_row,
        tickets.loaded_at
    from tickets
    inner join contacts
        on
            tickets.source_instance = contacts.source_instance
            and tickets.contact_id = contacts.source_contact_id

)

select * from tickets_with_contact
