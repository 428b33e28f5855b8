-- One row per change of a user's state, made of presence, routing status and ringing.
{{ config(materialized='table') }}

with

user_spans as (

    select * from {{ ref('stg_genesys_cloud__user_spans') }}

),

agent_stretches as (

    select * from {{ ref('int_genesys_cloud__agent_stretches') }}

),

observed_users as (

    select
        source_instance,
        user_id
    from user_spans
    group by source_instance, user_id

),

-- A later span of the same track ends the one before it, whether or not its end was delivered.
bounded_spans as (

    select
        *,
        lead(started_at) over (
            partition by source_instance, user_id, track
            order by started_at
        ) as next_started_at
    from user_spans

),

points as (

    select
        source_instance,
        user_id,
        started_at as point_at,
        case when track = 'presence' then status end as presence,
        case when track = 'routing' then status end as routing_status,
        0 as ring_change,
        source_file,
        source_row
    from bounded_spans

    union all

    -- Where a span ends and none follows at once, the track has a gap.
    select
        source_instance,
        user_id,
        ended_at as point_at,
        case when track = 'presence' then 'NONE' end as presence,
        case when track = 'routing' then 'NONE' end as routing_status,
        0 as ring_change,
        source_file,
        source_row
    from bounded_spans
    where ended_at < next_started_at or (ended_at is not null and next_started_at is null)

    union all

    select
        agent_stretches.source_instance,
        agent_stretches.user_id,
        agent_stretches.started_at as point_at,
        null as presence,
        null as routing_status,
        1 as ring_change,
        agent_stretches.source_file,
        agent_stretches.source_row
    from agent_stretches
    inner join observed_users
        on
            agent_stretches.source_instance = observed_users.source_instance
            and agent_stretches.user_id = observed_users.user_id
    where agent_stretches.ring_seconds > 0

    union all

    select
        agent_stretches.source_instance,
        agent_stretches.user_id,
        {{ seconds_after('agent_stretches.started_at', 'agent_stretches.ring_seconds') }}
            as point_at,
        null as presence,
        null as routing_status,
        -1 as ring_change,
        agent_stretches.source_file,
        agent_stretches.source_row
    from agent_stretches
    inner join observed_users
        on
            agent_stretches.source_instance = observed_users.source_instance
            and agent_stretches.user_id = observed_users.user_id
    where agent_stretches.ring_seconds > 0

),

points_in_order as (

    select
        source_instance,
        user_id,
        point_at,
        {{ last_known('presence') }} over so_far as presence,
        {{ last_known('routing_status') }} over so_far as routing_status,
        sum(ring_change) over so_far as ring_count,
        source_file,
        source_row,
        lead(point_at) over (
            partition by source_instance, user_id
            order by point_at, presence, routing_status, ring_change
        ) as next_point_at
    from points
    window so_far as (
        partition by source_instance, user_id
        order by point_at, presence, routing_status, ring_change
        rows between unbounded preceding and current row
    )

),

-- Presence leads: on the queue the routing status tells the rest. The two change some
-- milliseconds apart; while they contradict each other the state before goes on (NULL).
judged_points as (

    select
        *,
        case
            when presence = 'OFFLINE' then 'offline'
            when coalesce(presence, 'NONE') = 'NONE' and coalesce(routing_status, 'NONE') = 'NONE'
                then 'offline'
            when routing_status in ('INTERACTING', 'COMMUNICATING') then 'on_contact'
            when routing_status = 'NOT_RESPONDING' then 'not_responding'
            when coalesce(presence, 'NONE') not in ('ON_QUEUE', 'NONE') then 'auxiliary'
            when routing_status = 'OFF_QUEUE' and presence = 'ON_QUEUE' then null
            when routing_status = 'OFF_QUEUE' then 'auxiliary'
            else 'available'
        end as base_state
    from points_in_order
    where next_point_at > point_at or next_point_at is null

),

states as (

    select
        *,
        case
            when ring_count > 0 and base_state in ('available', 'auxiliary', 'not_responding')
                then 'ringing'
            else base_state
        end as state,
        case
            when ring_count > 0 and base_state = 'auxiliary' then null
            when base_state = 'not_responding' then 'system_rona'
            when base_state = 'auxiliary' and presence <> 'NONE' then lower(presence)
        end as reason_code
    from judged_points
    where base_state is not null

),

compared_states as (

    select
        *,
        lag(state) over per_user as previous_state,
        lag(reason_code) over per_user as previous_reason_code
    from states
    window per_user as (partition by source_instance, user_id order by point_at)

),

agent_state_events as (

    select
        'genesys_cloud' as source_system,
        source_instance,
        concat_ws('.', user_id, cast(point_at as string)) as source_event_id,
        user_id as agent_code,
        'main' as track,
        state,
        reason_code,
        cast(1 as bigint) as event_sequence,
        point_at as event_at,
        cast(null as string) as dq_flag,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from compared_states
    where
        (state is distinct from previous_state or reason_code is distinct from previous_reason_code)
        and (state <> 'offline' or previous_state is not null)

)

select * from agent_state_events
