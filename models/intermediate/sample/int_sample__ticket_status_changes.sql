-- One row per change of the status, queue or assignee of a ticket of the sample.
with

ticket_events as (

    select * from {{ ref('int_sample__ticket_events') }}
    where event_type in ('created', 'queue', 'status')

),

ticket_status_changes as (

    select
        {{ source_key('ticket', 'source_ticket_id') }} as ticket_key,
        source_system,
        source_instance,
        source_event_id,
        case when status = 'spam' then 'closed' else status end as status,
        queue_code,
        agent_code,
        assigned_agent_code,
        event_sequence,
        event_at as changed_at,
        source_file,
        source_row,
        loaded_at
    from ticket_events

)

select * from ticket_status_changes
