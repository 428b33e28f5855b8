-- One row per contact of the sample by text message, social medium or ticket.
{{ config(materialized='table') }}

with

thread_messages as (

    select * from {{ ref('int_sample__thread_messages') }}

),

tickets as (

    select * from {{ ref('int_sample__tickets') }}
    -- A ticket about a call is part of that call.
    where channel_code <> 'phone'

),

written_events as (

    select * from {{ ref('int_sample__written_events') }}

),

contact_reasons as (

    select * from {{ ref('stg_sample__contact_reasons') }}

),

thread_contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        'thread' as item_type,
        min(source_thread_id) as source_item_id,
        {{ value_at_first('channel_code', '(sent_at, source_message_id)') }} as channel_code,
        max(customer_hash) as customer_hash,
        max(contact_reason_code) as landed_reason_code,
        {{ value_at_first('sender', '(sent_at, source_message_id)') }} = 'agent' as opened_by_agent,
        min(sent_at) as started_at,
        -- What a queue has is open until somebody answers.
        case
            when
                max(case when sender = 'agent' then 1 else 0 end) = 1
                or count(queue_code) = 0
                then max(sent_at)
        end as ended_at,
        min_by(source_file, (sent_at, source_message_id)) as source_file,
        min_by(source_row, (sent_at, source_message_id)) as source_row,
        max(loaded_at) as loaded_at
    from thread_messages
    group by contact_key, source_system, source_instance, source_contact_id

),

-- A ticket is over with the first status of its last solution; one that is reopened goes on.
last_open_events as (

    select
        ticket_key,
        max(
            case
                when entered_status not in ('solved', 'closed', 'spam') then event_sequence
            end
        ) as last_open_sequence
    from written_events
    where ticket_key is not null
    group by ticket_key

),

ticket_ends as (

    select
        written_events.ticket_key,
        min(written_events.event_at) as ended_at
    from written_events
    inner join last_open_events on written_events.ticket_key = last_open_events.ticket_key
    where
        written_events.entered_status in ('solved', 'closed', 'spam')
        and written_events.event_sequence > coalesce(last_open_events.last_open_sequence, 0)
    group by written_events.ticket_key

),

written_contacts as (

    select
        thread_contacts.contact_key,
        thread_contacts.source_system,
        thread_contacts.source_instance,
        thread_contacts.source_contact_id,
        cast(null as string) as previous_source_contact_id,
        thread_contacts.item_type,
        thread_contacts.source_item_id,
        case when thread_contacts.opened_by_agent then 'outbound' else 'inbound' end as direction,
        thread_contacts.channel_code,
        thread_contacts.customer_hash as identifier_hash,
        contact_reasons.contact_reason_code,
        cast(null as string) as disposition,
        cast(null as string) as extension,
        false as is_excluded,
        cast(null as string) as exclusion_reason,
        thread_contacts.started_at,
        thread_contacts.ended_at,
        case
            when
                thread_contacts.landed_reason_code is not null
                and contact_reasons.contact_reason_code is null
                then 'undocumented_contact_reason'
        end as dq_flag,
        thread_contacts.source_file,
        thread_contacts.source_row,
        thread_contacts.loaded_at
    from thread_contacts
    left join contact_reasons
        on thread_contacts.landed_reason_code = contact_reasons.contact_reason_code

    union all

    select
        tickets.contact_key,
        tickets.source_system,
        tickets.source_instance,
        tickets.source_ticket_id as source_contact_id,
        null as previous_source_contact_id,
        'ticket' as item_type,
        tickets.source_ticket_id as source_item_id,
        case when tickets.opened_by_agent then 'outbound' else 'inbound' end as direction,
        tickets.channel_code,
        tickets.customer_hash as identifier_hash,
        tickets.contact_reason_code,
        null as disposition,
        null as extension,
        tickets.is_excluded,
        tickets.exclusion_reason,
        tickets.created_at as started_at,
        ticket_ends.ended_at,
        tickets.dq_flag,
        tickets.source_file,
        tickets.source_row,
        tickets.loaded_at
    from tickets
    left join ticket_ends on tickets.ticket_key = ticket_ends.ticket_key

)

select * from written_contacts
