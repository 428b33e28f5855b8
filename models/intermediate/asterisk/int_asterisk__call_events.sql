-- One row per event that opens, answers or ends a call's stay in a queue.
{{ config(materialized='table') }}

with

queue_events as (

    select * from {{ ref('int_asterisk__queue_events') }}
    where
        call_id is not null
        and queue_code is not null
        and event in (
            'ENTERQUEUE', 'JOINEMPTY', 'FULL', 'CONNECT',
            'COMPLETEAGENT', 'COMPLETECALLER', 'TRANSFER', 'BLINDTRANSFER', 'ATTENDEDTRANSFER',
            'ABANDON', 'EXITEMPTY', 'EXITWITHKEY', 'EXITWITHTIMEOUT', 'AGENTDUMP', 'SYSCOMPAT'
        )

),

typed_events as (

    select
        {%- for number in range(1, 6) %}
            {{ usable_seconds('try_cast(data' ~ number ~ ' as decimal(18, 3))') }}
                as seconds{{ number }},
        {%- endfor %}
        -- The method LINK names two channels where the others name one thing.
        coalesce(queue_events.event = 'ATTENDEDTRANSFER' and queue_events.data1 = 'LINK', false)
            as is_linked_transfer,
        queue_events.*
    from queue_events

),

described_events as (

    select
        *,
        case
            when event in ('ENTERQUEUE', 'JOINEMPTY', 'FULL') then 'entry'
            when event = 'CONNECT' then 'connect'
            when event like 'COMPLETE%' or event like '%TRANSFER' then 'leg_end'
            else 'exit'
        end as event_kind,
        -- Seconds in the queue, and then with the agent, as the event that ends them gives them.
        case
            when event = 'CONNECT' or event like 'COMPLETE%' then seconds1
            when is_linked_transfer then seconds4
            when event like '%TRANSFER' or event in ('ABANDON', 'EXITEMPTY', 'EXITWITHTIMEOUT')
                then seconds3
            when event = 'EXITWITHKEY' then seconds4
            when event in ('JOINEMPTY', 'FULL') then 0
        end as given_wait_seconds,
        case
            when event like 'COMPLETE%' then seconds2
            when is_linked_transfer then seconds5
            when event like '%TRANSFER' then seconds4
        end as given_talk_seconds,
        case when event = 'CONNECT' then seconds3 end as ring_seconds,
        min(case when event = 'ENTERQUEUE' then event_at end) over (
            partition by source_instance, call_id, queue_code
        ) as first_entered_at
    from typed_events

),

-- Within a second: entered, answered, passed on or ended, and only then entered once more. Who had
-- waited before that second leaves before the next entry, and is not the one who enters and leaves.
ranked_events as (

    select
        *,
        case
            when event_kind = 'entry' and event_at > first_entered_at then 4
            when event_kind = 'entry' then 1
            when event_kind = 'connect' then 2
            when event_kind = 'leg_end' then 3
            when
                second_at > date_trunc('second', first_entered_at)
                and coalesce(given_wait_seconds <> 0, true)
                then 3
            else 5
        end as event_rank
    from described_events

),

call_events as (

    select
        source_instance,
        call_id,
        queue_code,
        agent_code,
        event,
        event_kind,
        caller_hash,
        ring_seconds,
        given_wait_seconds,
        given_talk_seconds,
        event_at,
        row_number() over in_order as event_number,
        sum(case when event_kind = 'entry' then 1 else 0 end) over in_order as entry_number,
        sum(case when event_kind = 'connect' then 1 else 0 end) over in_order as connect_number,
        source_file,
        source_row,
        loaded_at
    from ranked_events
    window
        in_order as (
            partition by source_instance, call_id, queue_code
            order by second_at, event_rank, event_at, source_row, source_file
            rows between unbounded preceding and current row
        )

)

select * from call_events
