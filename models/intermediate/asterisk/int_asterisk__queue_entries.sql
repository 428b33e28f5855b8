-- One row per entry of a call into a queue, with the entry whose stay in the queue it continues.
{{ config(materialized='table') }}

with

call_events as (

    select * from {{ ref('int_asterisk__call_events') }}

),

call_roots as (

    select * from {{ ref('int_asterisk__call_roots') }}

),

restarts as (

    select
        source_instance,
        event_at as restarted_at
    from {{ ref('int_asterisk__queue_events') }}
    where event = 'QUEUESTART'

),

events_per_entry as (

    select
        source_instance,
        call_id,
        queue_code,
        entry_number,
        max(caller_hash) as caller_hash,
        min(case when event_kind = 'entry' then event_at end) as entered_at,
        min(case when event_kind = 'connect' then event_at end) as connected_at,
        min_by(
            given_wait_seconds, case when event_kind = 'connect' then event_number end
        ) as connect_wait_seconds,
        min(case when event_kind = 'leg_end' then event_at end) as leg_ended_at,
        min_by(
            given_wait_seconds, case when event_kind = 'leg_end' then event_number end
        ) as leg_wait_seconds,
        min_by(
            given_talk_seconds, case when event_kind = 'leg_end' then event_number end
        ) as leg_talk_seconds,
        max_by(
            event,
            case when event_kind = 'exit' or event in ('JOINEMPTY', 'FULL') then event_number end
        ) as exit_event,
        max_by(
            event_at,
            case when event_kind = 'exit' or event in ('JOINEMPTY', 'FULL') then event_number end
        ) as left_at,
        max_by(
            given_wait_seconds,
            case when event_kind = 'exit' or event in ('JOINEMPTY', 'FULL') then event_number end
        ) as exit_wait_seconds,
        max(event_at) as last_event_at,
        min_by(source_file, event_number) as source_file,
        min_by(source_row, event_number) as source_row,
        max(loaded_at) as loaded_at
    from call_events
    group by source_instance, call_id, queue_code, entry_number

),

-- What the log does not hold any more, or never did, follows from the durations it gives later.
answered_entries as (

    select
        *,
        coalesce(
            connected_at,
            {{ seconds_after('leg_ended_at', '-leg_talk_seconds') }},
            leg_ended_at
        ) as answered_at,
        case
            when connected_at is not null then connect_wait_seconds
            when leg_ended_at is not null then leg_wait_seconds
            else exit_wait_seconds
        end as given_wait_seconds
    from events_per_entry

),

timed_entries as (

    select
        *,
        coalesce(
            entered_at,
            {{ seconds_after('coalesce(answered_at, left_at)', '-given_wait_seconds') }},
            answered_at,
            left_at
        ) as offered_at,
        case
            when entered_at is null then 'left_truncated'
            when connected_at is null and leg_ended_at is not null then 'missing_connect'
        end as truncation_flag
    from answered_entries

),

open_entries as (

    select
        timed_entries.source_instance,
        timed_entries.call_id,
        timed_entries.queue_code,
        timed_entries.entry_number,
        min(restarts.restarted_at) as restarted_at
    from timed_entries
    inner join restarts
        on
            timed_entries.source_instance = restarts.source_instance
            and timed_entries.last_event_at <= restarts.restarted_at
    where timed_entries.answered_at is null and timed_entries.left_at is null
    group by
        timed_entries.source_instance,
        timed_entries.call_id,
        timed_entries.queue_code,
        timed_entries.entry_number

),

-- A restart ends a stay, unless the call went on into a queue before it.
entries_of_calls as (

    select
        timed_entries.*,
        coalesce(call_roots.root_call_id, timed_entries.call_id) as root_call_id,
        call_roots.root_call_id is not null as is_root_known,
        lead(timed_entries.offered_at) over in_order as next_entered_at,
        open_entries.restarted_at
    from timed_entries
    left join call_roots
        on
            timed_entries.source_instance = call_roots.source_instance
            and timed_entries.call_id = call_roots.call_id
    left join open_entries
        on
            timed_entries.source_instance = open_entries.source_instance
            and timed_entries.call_id = open_entries.call_id
            and timed_entries.queue_code = open_entries.queue_code
            and timed_entries.entry_number = open_entries.entry_number
    window
        in_order as (
            partition by timed_entries.source_instance, timed_entries.call_id
            order by timed_entries.offered_at, timed_entries.entry_number
        )

),

ended_entries as (

    select
        *,
        case
            when left_at is null and answered_at is null
                then least(next_entered_at, restarted_at)
            else coalesce(answered_at, left_at)
        end as exited_at,
        left_at is null
        and answered_at is null
        and restarted_at is not null
        and coalesce(restarted_at < next_entered_at, true)
            as is_lost,
        min(offered_at) over (
            partition by source_instance, queue_code, root_call_id
        ) as first_offered_at
    from entries_of_calls

),

-- A call that left unanswered and is back within 5 s, under its own id or a new one with the same
-- number, never stopped waiting. Who hung up and calls again does so under a new id. The entries of
-- one call stand together, for another one with its number may wait beside it.
entries_in_order as (

    select
        *,
        coalesce(
            lag(answered_at) over per_caller is null
            and not lag(is_lost) over per_caller
            and offered_at <= lag(exited_at) over per_caller + interval '5' second
            and (
                lag(root_call_id) over per_caller = root_call_id
                or (
                    offered_at >= lag(exited_at) over per_caller
                    and lag(exit_event) over per_caller is distinct from 'ABANDON'
                    and not (is_root_known and lag(is_root_known) over per_caller)
                )
            ),
            false
        ) as continues_previous
    from ended_entries
    window
        per_caller as (
            partition by source_instance, queue_code, coalesce(caller_hash, root_call_id)
            order by first_offered_at, root_call_id, offered_at, call_id, entry_number
        )

),

numbered_stays as (

    select
        *,
        sum(case when continues_previous then 0 else 1 end) over (
            partition by source_instance, queue_code, coalesce(caller_hash, root_call_id)
            order by first_offered_at, root_call_id, offered_at, call_id, entry_number
            rows between unbounded preceding and current row
        ) as stay_number
    from entries_in_order

),

queue_entries as (

    select
        *,
        first_value(call_id) over per_stay as stay_call_id,
        first_value(entry_number) over per_stay as stay_entry_number,
        first_value(root_call_id) over per_stay as stay_root_call_id
    from numbered_stays
    window
        per_stay as (
            partition by
                source_instance, queue_code, coalesce(caller_hash, root_call_id), stay_number
            order by offered_at, call_id, entry_number
            rows between unbounded preceding and unbounded following
        )

)

select * from queue_entries
