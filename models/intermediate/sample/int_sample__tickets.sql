-- One row per usable ticket of the sample, with the call that it belongs to.
{{ config(materialized='table') }}

with

staged_tickets as (

    select
        *,
        'sample' as source_system,
        'default' as source_instance
    from {{ ref('stg_sample__tickets') }}
    where row_status = 'used'

),

ticket_events as (

    select * from {{ ref('int_sample__ticket_events') }}

),

call_contacts as (

    select * from {{ ref('int_sample__call_contacts') }}

),

contact_reasons as (

    select * from {{ ref('stg_sample__contact_reasons') }}

),

events_per_ticket as (

    select
        source_ticket_id,
        {{ value_at_last('queue_code', 'event_sequence') }} as queue_code,
        {{ value_at_last('status', 'event_sequence') }} as last_status,
        max(case when entered_status = 'spam' then 1 else 0 end) = 1 as was_spam,
        max(case when event_type = 'created' then agent_code end) is not null as opened_by_agent
    from ticket_events
    group by source_ticket_id

),

-- Of a caller's calls the one that ended last before the ticket was opened is its call.
call_ends_and_tickets as (

    select
        identifier_hash as customer_hash,
        contact_key,
        ended_at as happened_at,
        null as source_ticket_id
    from call_contacts
    where identifier_hash is not null and ended_at is not null

    union all

    select
        requester_hash as customer_hash,
        null as contact_key,
        created_at as happened_at,
        source_ticket_id
    from staged_tickets
    where channel_code = 'phone' and requester_hash is not null

),

last_calls as (

    select
        source_ticket_id,
        happened_at as created_at,
        {{ last_known('contact_key') }} over so_far as contact_key,
        {{ last_known('case when contact_key is not null then happened_at end') }} over so_far
            as call_ended_at
    from call_ends_and_tickets
    window so_far as (
        partition by customer_hash
        order by happened_at, source_ticket_id nulls first
        rows between unbounded preceding and current row
    )

),

calls_by_number as (

    select
        source_ticket_id,
        contact_key
    from last_calls
    where
        source_ticket_id is not null
        and created_at <= call_ended_at + interval '{{ number_of("ticket_call_minutes") }}' minute

),

tickets as (

    select
        {{ source_key('ticket', 'staged_tickets.source_ticket_id', 'staged_tickets.source_system',
                      'staged_tickets.source_instance') }} as ticket_key,
        case
            when staged_tickets.channel_code = 'phone'
                then coalesce(calls_by_id.contact_key, calls_by_number.contact_key)
            else {{ source_key('contact', 'staged_tickets.source_ticket_id',
                               'staged_tickets.source_system', 'staged_tickets.source_instance') }}
        end as contact_key,
        staged_tickets.source_system,
        staged_tickets.source_instance,
        staged_tickets.source_ticket_id,
        staged_tickets.channel_code,
        coalesce(staged_tickets.customer_hash, staged_tickets.requester_hash) as customer_hash,
        events_per_ticket.queue_code,
        contact_reasons.contact_reason_code,
        case
            when staged_tickets.priority in ('low', 'normal', 'high', 'urgent')
                then staged_tickets.priority
        end as priority,
        staged_tickets.has_tried_self_service,
        staged_tickets.channel_code = 'phone'
        and coalesce(calls_by_id.contact_key, calls_by_number.contact_key) is not null
            as is_linked_contact,
        coalesce(events_per_ticket.was_spam, false) or coalesce(staged_tickets.status, '') = 'spam'
            as is_excluded,
        case
            when
                coalesce(events_per_ticket.was_spam, false)
                or coalesce(staged_tickets.status, '') = 'spam'
                then 'spam'
        end as exclusion_reason,
        coalesce(events_per_ticket.opened_by_agent, false) as opened_by_agent,
        staged_tickets.created_at,
        nullif(
            concat_ws(
                ', ',
                case
                    when
                        staged_tickets.contact_reason_code is not null
                        and contact_reasons.contact_reason_code is null
                        then 'undocumented_contact_reason'
                end,
                case
                    when
                        staged_tickets.priority is not null
                        and staged_tickets.priority not in ('low', 'normal', 'high', 'urgent')
                        then 'undocumented_priority'
                end,
                case
                    when
                        staged_tickets.channel_code = 'phone'
                        and calls_by_id.contact_key is null
                        and calls_by_number.contact_key is null
                        then 'call_not_found'
                end
            ),
            ''
        ) as dq_flag,
        staged_tickets.source_file,
        staged_tickets.source_row,
        staged_tickets.loaded_at
    from staged_tickets
    left join events_per_ticket
        on staged_tickets.source_ticket_id = events_per_ticket.source_ticket_id
    left join call_contacts as calls_by_id
        on staged_tickets.external_source_contact_id = calls_by_id.source_contact_id
    left join calls_by_number
        on staged_tickets.source_ticket_id = calls_by_number.source_ticket_id
    left join contact_reasons
        on staged_tickets.contact_reason_code = contact_reasons.contact_reason_code

)

select * from tickets
