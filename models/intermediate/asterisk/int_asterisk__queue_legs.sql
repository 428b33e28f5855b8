-- One row per connection of an agent by a queue, as the queue log tells it.
{{ config(materialized='table') }}

with

call_events as (

    select * from {{ ref('int_asterisk__call_events') }}
    where event_kind in ('connect', 'leg_end')

),

queue_entries as (

    select * from {{ ref('int_asterisk__queue_entries') }}

),

queue_stays as (

    select * from {{ ref('int_asterisk__queue_stays') }}

),

restarts as (

    select
        source_instance,
        event_at as restarted_at
    from {{ ref('int_asterisk__queue_events') }}
    where event = 'QUEUESTART'

),

-- The first end after a connection is its own.
legs as (

    select
        source_instance,
        call_id,
        queue_code,
        entry_number,
        connect_number,
        coalesce(
            max(case when event_kind = 'connect' then agent_code end),
            min_by(agent_code, event_number)
        ) as agent_code,
        max(case when event_kind = 'connect' then event_at end) as connected_at,
        max(case when event_kind = 'connect' then ring_seconds end) as ring_seconds,
        min(case when event_kind = 'leg_end' then event_at end) as recorded_end_at,
        min_by(event, case when event_kind = 'leg_end' then event_number end) as end_event,
        min_by(given_talk_seconds, case when event_kind = 'leg_end' then event_number end)
            as given_talk_seconds,
        min_by(source_file, event_number) as source_file,
        min_by(source_row, event_number) as source_row,
        max(loaded_at) as loaded_at
    from call_events
    group by source_instance, call_id, queue_code, entry_number, connect_number

),

-- Whom a queue connected once more had come to the end of the call before, whatever the log lost.
legs_in_order as (

    select
        *,
        lead(connected_at) over (
            partition by source_instance, agent_code
            order by connected_at, call_id, queue_code, entry_number, connect_number
        ) as next_connected_at
    from legs
    where connected_at is not null and agent_code is not null

),

open_legs as (

    select
        legs.source_instance,
        legs.call_id,
        legs.queue_code,
        legs.entry_number,
        legs.connect_number,
        legs.next_connected_at,
        min(restarts.restarted_at) as restarted_at
    from legs_in_order as legs
    left join restarts
        on
            legs.source_instance = restarts.source_instance
            and legs.connected_at <= restarts.restarted_at
    where legs.recorded_end_at is null
    group by
        legs.source_instance,
        legs.call_id,
        legs.queue_code,
        legs.entry_number,
        legs.connect_number,
        legs.next_connected_at

),

legs_of_stays as (

    select
        legs.source_instance,
        legs.call_id,
        legs.queue_code,
        legs.entry_number,
        legs.connect_number,
        legs.agent_code,
        legs.ring_seconds,
        legs.end_event,
        legs.given_talk_seconds,
        legs.source_file,
        legs.source_row,
        legs.loaded_at,
        queue_stays.source_contact_id,
        queue_stays.source_visit_id,
        queue_stays.offered_at,
        legs.connected_at is null as is_start_rebuilt,
        coalesce(
            open_legs.restarted_at < open_legs.next_connected_at
            or (open_legs.restarted_at is not null and open_legs.next_connected_at is null),
            false
        ) as is_lost,
        coalesce(
            open_legs.next_connected_at <= open_legs.restarted_at
            or (open_legs.next_connected_at is not null and open_legs.restarted_at is null),
            false
        ) as is_end_unknown,
        coalesce(
            legs.connected_at,
            {{ seconds_after('legs.recorded_end_at', '-legs.given_talk_seconds') }},
            legs.recorded_end_at
        ) as connected_at,
        coalesce(
            legs.recorded_end_at,
            case
                when coalesce(open_legs.restarted_at < open_legs.next_connected_at, true)
                    then open_legs.restarted_at
            end
        ) as ended_at
    from legs
    inner join queue_entries
        on
            legs.source_instance = queue_entries.source_instance
            and legs.call_id = queue_entries.call_id
            and legs.queue_code = queue_entries.queue_code
            and legs.entry_number = queue_entries.entry_number
    inner join queue_stays
        on
            queue_entries.source_instance = queue_stays.source_instance
            and queue_entries.stay_call_id = queue_stays.stay_call_id
            and queue_entries.queue_code = queue_stays.queue_code
            and queue_entries.stay_entry_number = queue_stays.stay_entry_number
    left join open_legs
        on
            legs.source_instance = open_legs.source_instance
            and legs.call_id = open_legs.call_id
            and legs.queue_code = open_legs.queue_code
            and legs.entry_number = open_legs.entry_number
            and legs.connect_number = open_legs.connect_number

),

timed_legs as (

    select
        *,
        {{ seconds_between('connected_at', 'ended_at') }} as elapsed_seconds
    from legs_of_stays

),

queue_legs as (

    select
        source_instance,
        concat_ws(
            '|', call_id, queue_code, cast(entry_number as string),
            cast(connect_number as string)
        ) as source_leg_id,
        source_contact_id,
        source_visit_id,
        call_id,
        agent_code,
        queue_code,
        case
            when end_event in ('TRANSFER', 'BLINDTRANSFER') then 'blind'
            when end_event = 'ATTENDEDTRANSFER' then 'warm'
        end as transfer_type,
        ring_seconds,
        case
            when is_start_rebuilt and given_talk_seconds is null then null
            else {{ measured_or_elapsed_seconds('given_talk_seconds', 'elapsed_seconds') }}
        end as connected_seconds,
        nullif(
            concat_ws(
                ', ',
                case when is_start_rebuilt then 'missing_connect' end,
                case when is_lost then 'system_lost' end,
                case when is_end_unknown then 'missing_end' end,
                {{ duration_flag('elapsed_seconds', 'connected') }},
                {{ disagreement_flag('given_talk_seconds', 'elapsed_seconds', 'connected') }}
            ),
            ''
        ) as dq_flag,
        offered_at,
        connected_at,
        ended_at,
        source_file,
        source_row,
        loaded_at
    from timed_legs

)

select * from queue_legs
