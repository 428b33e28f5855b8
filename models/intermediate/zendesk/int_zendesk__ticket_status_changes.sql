-- One row per change of the status, group or assignee of a ticket of Zendesk.
with

ticket_events as (

    select * from {{ ref('int_zendesk__ticket_events') }}
    where event_type in ('created', 'queue', 'assignment', 'status')

),

ticket_status_changes as (

    select
        {{ source_key('ticket', 'source_ticket_id') }} as ticket_key,
        source_system,
        source_instance,
        source_event_id,
        status,
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
