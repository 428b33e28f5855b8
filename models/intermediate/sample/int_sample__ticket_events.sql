-- One row per usable event of a usable ticket of the sample, with status and queue in force.
{{ config(materialized='table') }}

with

tickets as (

    select source_ticket_id from {{ ref('stg_sample__tickets') }}
    where row_status = 'used'

),

ticket_events as (

    select * from {{ ref('stg_sample__ticket_events') }}
    where row_status = 'used'

),

-- In the same second a ticket is created and routed before anything is written, and what is written
-- comes before the status that it leads to.
ranked_events as (

    select
        ticket_events.*,
        'sample' as source_system,
        'default' as source_instance,
        row_number() over (
            partition by ticket_events.source_ticket_id
            order by
                ticket_events.event_at,
                case ticket_events.event_type
                    when 'created' then 1
                    when 'queue' then 2
                    when 'status' then 4
                    else 3
                end,
                ticket_events.source_event_id
        ) as event_sequence,
        case
            when ticket_events.event_type = 'queue' then ticket_events.event_value
        end as entered_queue_code,
        case ticket_events.event_type
            when 'created' then 'new'
            when 'status' then lower(ticket_events.event_value)
        end as entered_status
    from ticket_events
    inner join tickets on ticket_events.source_ticket_id = tickets.source_ticket_id

),

-- Until the first routing the ticket waits for the queue that it is routed to.
ticket_events_in_order as (

    select
        source_system,
        source_instance,
        source_event_id,
        source_ticket_id,
        event_type,
        entered_queue_code,
        coalesce(
            {{ last_known('entered_queue_code') }} over so_far,
            {{ last_known('entered_queue_code') }} over backwards
        ) as queue_code,
        entered_status,
        coalesce({{ last_known('entered_status') }} over so_far, 'new') as status,
        agent_code,
        assigned_agent_code,
        cast(event_sequence as bigint) as event_sequence,
        event_at,
        source_file,
        source_row,
        loaded_at
    from ranked_events
    window
        so_far as (
            partition by source_ticket_id
            order by event_sequence
            rows between unbounded preceding and current row
        ),
        backwards as (
            partition by source_ticket_id
            order by event_sequence desc
            rows between unbounded preceding and current row
        )

)

select * from ticket_events_in_order
