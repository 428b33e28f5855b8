-- One row per change of the status, queue or assignee of a ticket of the files, creation included.
with

ticket_status_changes as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__ticket_status_changes') }}
    where row_status = 'used'

),

numbered_changes as (

    select
        {{ source_key('ticket', 'ticket_id') }} as ticket_key,
        source_system,
        source_instance,
        event_id as source_event_id,
        status,
        queue_code,
        agent_code,
        assigned_agent_code,
        cast(
            row_number() over (
                partition by source_instance, ticket_id
                order by changed_at, event_sequence nulls last, event_id
            ) as bigint
        ) as event_sequence,
        changed_at,
        source_file,
        source_row,
        loaded_at
    from ticket_status_changes

)

select * from numbered_changes
