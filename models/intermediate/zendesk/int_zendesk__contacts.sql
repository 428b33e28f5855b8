-- One row per ticket of Zendesk that is a contact of its own.
with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}
    -- A ticket about a call is part of that call.
    where channel_code <> 'phone'

),

ticket_events as (

    select * from {{ ref('int_zendesk__ticket_events') }}
    where entered_status is not null

),

-- A ticket is over with the first status of its last solution; one that is reopened goes on.
last_open_events as (

    select
        source_instance,
        source_ticket_id,
        max(case when entered_status not in ('solved', 'closed') then event_sequence end)
            as last_open_sequence
    from ticket_events
    group by source_instance, source_ticket_id

),

ticket_ends as (

    select
        ticket_events.source_instance,
        ticket_events.source_ticket_id,
        min(ticket_events.event_at) as ended_at
    from ticket_events
    inner join last_open_events
        on
            ticket_events.source_instance = last_open_events.source_instance
            and ticket_events.source_ticket_id = last_open_events.source_ticket_id
    where ticket_events.event_sequence > coalesce(last_open_events.last_open_sequence, 0)
    group by ticket_events.source_instance, ticket_events.source_ticket_id

),

contacts as (

    select
        tickets.contact_key,
        tickets.source_system,
        tickets.source_instance,
        tickets.source_ticket_id as source_contact_id,
        -- A follow-up to a closed ticket is a contact of its own that goes on from it.
        previous_tickets.contact_key as previous_contact_key,
        case when tickets.opened_by_agent then 'outbound' else 'inbound' end as direction,
        tickets.channel_code,
        case
            when tickets.customer_hash is null then -2
            else {{ source_key('customer', 'tickets.customer_hash', 'tickets.source_system',
                               'tickets.source_instance') }}
        end as customer_key,
        tickets.customer_hash,
        tickets.identity_confidence,
        tickets.contact_reason_code,
        cast(null as string) as disposition,
        cast(null as string) as extension,
        tickets.is_excluded,
        tickets.exclusion_reason,
        tickets.created_at as started_at,
        ticket_ends.ended_at,
        tickets.dq_flag,
        tickets.source_file,
        tickets.source_row,
        tickets.loaded_at
    from tickets
    left join ticket_ends
        on
            tickets.source_instance = ticket_ends.source_instance
            and tickets.source_ticket_id = ticket_ends.source_ticket_id
    left join tickets as previous_tickets
        on
            tickets.source_instance = previous_tickets.source_instance
            and tickets.previous_source_ticket_id = previous_tickets.source_ticket_id

)

select * from contacts
