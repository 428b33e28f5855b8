-- One row per change of an agent's state, and per sign that it lasted.
with

agent_snapshots as (

    select * from {{ ref('int_amazon_connect__agent_snapshots') }}

),

-- Of the events that repeat the state one an hour is enough, and the last one before a silence:
-- without a log-out the agent was there until then.
told_snapshots as (

    select * from agent_snapshots
    where
        case
            when state = 'offline' then previous_state <> 'offline'
            else
                event_type = 'LOGIN'
                or previous_state is null
                or state <> previous_state
                or reason_code is distinct from previous_reason_code
                or date_trunc('hour', event_at) <> date_trunc('hour', previous_event_at)
                or next_event_at is null
                or next_event_at > event_at + interval '10' minute
        end

),

log_ins as (

    select
        *,
        concat_ws(':', source_event_id, 'login') as source_state_id,
        'login' as state_entered,
        cast(null as string) as reason_entered,
        2 * event_number as event_sequence,
        event_at as changed_at
    from told_snapshots
    where event_type = 'LOGIN' and state <> 'offline'

),

changes as (

    select
        *,
        source_event_id as source_state_id,
        state as state_entered,
        reason_code as reason_entered,
        2 * event_number + 1 as event_sequence,
        entered_at as changed_at
    from told_snapshots

),

events as (

    select * from log_ins

    union all

    select * from changes

),

agent_state_events as (

    select
        source_system,
        source_instance,
        source_state_id as source_event_id,
        agent_code,
        'main' as track,
        state_entered as state,
        reason_entered as reason_code,
        event_sequence,
        -- Contact records tell whole seconds: with fractions, states and legs would not meet.
        date_trunc('second', changed_at) as event_at,
        cast(null as string) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from events

)

select * from agent_state_events
