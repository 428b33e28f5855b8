-- One row per leg of a queue with a pause for the work after it; none without a setting.
{{ config(materialized='table') }}

with

agent_state_events as (

    select * from {{ ref('int_asterisk__agent_state_events') }}

),

queue_legs as (

    select * from {{ ref('int_asterisk__queue_legs') }}

),

state_spans as (

    select
        *,
        lead(event_at) over (
            partition by source_instance, agent_code, track
            order by event_at, event_sequence
        ) as next_event_at
    from agent_state_events

),

-- The pause may be written up to 2 s before the end of the call. Who asks for it earlier, while
-- talking, does the work after the call all the same.
points as (

    select
        source_instance,
        agent_code,
        queue_code as track,
        source_leg_id,
        ended_at as leg_ended_at,
        coalesce(
            least(connected_at, ended_at - interval '2' second), ended_at - interval '2' second
        ) as point_at,
        null as work_started_at,
        null as work_ended_at
    from queue_legs
    where ended_at is not null

    union all

    select
        source_instance,
        agent_code,
        track,
        null as source_leg_id,
        null as leg_ended_at,
        event_at as point_at,
        event_at as work_started_at,
        next_event_at as work_ended_at
    from state_spans
    where
        state = 'after_contact_work'
        and (next_event_at > event_at or next_event_at is null)

),

points_in_order as (

    select
        source_instance,
        work_started_at,
        work_ended_at,
        {{ last_known('source_leg_id') }} over so_far as source_leg_id,
        {{ last_known('leg_ended_at') }} over so_far as leg_ended_at
    from points
    window
        so_far as (
            partition by source_instance, agent_code, track
            order by point_at, work_started_at nulls first
            rows between unbounded preceding and current row
        )

),

leg_work as (

    select
        source_instance,
        source_leg_id,
        min_by(
            {{ usable_seconds(seconds_between(
                "case when work_started_at < leg_ended_at - interval '2' second then leg_ended_at"
                ~ ' else work_started_at end',
                'work_ended_at'
            )) }},
            work_started_at
        ) as work_seconds
    from points_in_order
    where
        work_started_at <= leg_ended_at + interval '5' second
        and (
            work_started_at >= leg_ended_at - interval '2' second
            or coalesce(work_ended_at > leg_ended_at, true)
        )
    group by source_instance, source_leg_id

)

select * from leg_work
