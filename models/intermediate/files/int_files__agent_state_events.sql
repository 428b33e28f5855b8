-- One row per change of the state of an agent of the files on one track.
with

agent_state_events as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__agent_state_events') }}
    where row_status = 'used'

),

-- Events of one second that nobody numbered stand in an order of their own, always the same one.
ordered_events as (

    select
        source_system,
        source_instance,
        event_id as source_event_id,
        agent_code,
        track,
        state,
        reason_code,
        coalesce(event_sequence, row_key) as event_sequence,
        event_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from agent_state_events

)

select * from ordered_events
