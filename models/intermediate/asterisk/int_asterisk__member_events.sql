-- One row per event of an agent's membership on one of the agent's queues (track).
{{ config(materialized='table') }}

with

queue_events as (

    select * from {{ ref('int_asterisk__queue_events') }}

),

-- The same once more at the same instant changes nothing.
agent_events as (

    select
        source_instance,
        agent_code,
        queue_code,
        event,
        max_by(data1, source_row) as data1,
        max_by(data2, source_row) as data2,
        max_by(data3, source_row) as data3,
        event_at,
        max_by(source_file, source_row) as source_file,
        max(source_row) as source_row,
        max(loaded_at) as loaded_at
    from queue_events
    where
        agent_code is not null
        and event in (
            'ADDMEMBER', 'REMOVEMEMBER', 'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN',
            'AGENTCALLBACKLOGOFF', 'PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL', 'CONNECT',
            'RINGNOANSWER', 'RINGCANCELED'
        )
    group by source_instance, agent_code, queue_code, event, event_at

),

restarts as (

    select
        source_instance,
        event_at,
        max_by(source_file, source_row) as source_file,
        max(source_row) as source_row,
        max(loaded_at) as loaded_at
    from queue_events
    where event = 'QUEUESTART'
    group by source_instance, event_at

),

-- Who is a member by configuration logs neither in nor out: nobody knows when they were there.
agents_with_login as (

    select distinct
        source_instance,
        agent_code
    from agent_events
    where event in (
        'ADDMEMBER', 'REMOVEMEMBER', 'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN',
        'AGENTCALLBACKLOGOFF'
    )

),

agent_queues as (

    select distinct
        source_instance,
        agent_code,
        queue_code
    from agent_events
    where queue_code is not null

),

tracks as (

    select
        agents_with_login.source_instance,
        agents_with_login.agent_code,
        coalesce(agent_queues.queue_code, 'main') as track
    from agents_with_login
    left join agent_queues
        on
            agents_with_login.source_instance = agent_queues.source_instance
            and agents_with_login.agent_code = agent_queues.agent_code

),

-- An event without a queue is one of each queue of the agent; a restart is one of everybody.
events_on_tracks as (

    select
        tracks.track,
        agent_events.*
    from agent_events
    inner join tracks
        on
            agent_events.source_instance = tracks.source_instance
            and agent_events.agent_code = tracks.agent_code
            and coalesce(agent_events.queue_code, tracks.track) = tracks.track

    union all

    select
        tracks.track,
        tracks.source_instance,
        tracks.agent_code,
        null as queue_code,
        'QUEUESTART' as event,
        null as data1,
        null as data2,
        null as data3,
        restarts.event_at,
        restarts.source_file,
        restarts.source_row,
        restarts.loaded_at
    from restarts
    inner join tracks on restarts.source_instance = tracks.source_instance

),

described_events as (

    select
        source_instance,
        agent_code,
        track,
        event,
        case
            when event in ('ADDMEMBER', 'AGENTLOGIN', 'AGENTCALLBACKLOGIN') then 'login'
            when event in ('REMOVEMEMBER', 'AGENTLOGOFF', 'AGENTCALLBACKLOGOFF', 'QUEUESTART')
                then 'logout'
            when event in ('PAUSE', 'PAUSEALL') then 'pause'
            when event in ('UNPAUSE', 'UNPAUSEALL') then 'unpause'
            else 'ring'
        end as event_kind,
        -- What proves that the agent is a member from here on, or was until here.
        case
            when
                event in (
                    'ADDMEMBER', 'AGENTLOGIN', 'AGENTCALLBACKLOGIN', 'PAUSE', 'UNPAUSE'
                )
                then 'in'
            when event in ('REMOVEMEMBER', 'AGENTLOGOFF', 'AGENTCALLBACKLOGOFF', 'QUEUESTART')
                then 'out'
        end as membership,
        case when event like 'PAUSE%' then lower(data1) end as reason_code,
        coalesce(event = 'ADDMEMBER' and data1 like 'PAUSED%', false) as is_added_paused,
        case
            when event like 'AGENT%LOGOFF'
                then {{ usable_seconds('try_cast(data2 as decimal(18, 3))') }}
        end as login_seconds,
        -- Only these two give milliseconds. Old logs do not tell how long a phone rang in vain: a
        -- moment is enough to count it.
        case
            when event = 'RINGNOANSWER' and data1 is null then 0.002
            when event in ('RINGNOANSWER', 'RINGCANCELED')
                then {{ usable_seconds('try_cast(data1 as decimal(18, 3)) / 1000') }}
            when event = 'CONNECT' then {{ usable_seconds('try_cast(data3 as decimal(18, 3))') }}
        end as ring_seconds,
        event_at,
        source_file,
        source_row,
        loaded_at
    from events_on_tracks

),

events_in_order as (

    select
        *,
        {{ last_known('membership') }} over before_it as last_membership,
        {{ last_known("case when event_kind = 'login' then event_at end") }} over before_it
            as last_login_at,
        {{ last_known('membership') }} over after_it as next_membership
    from described_events
    window
        before_it as (
            partition by source_instance, agent_code, track
            order by event_at, source_row, source_file
            rows between unbounded preceding and 1 preceding
        ),
        after_it as (
            partition by source_instance, agent_code, track
            order by event_at desc, source_row desc, source_file desc
            rows between unbounded preceding and 1 preceding
        )

),

-- An event of all queues is none of a queue in which the agent is not.
member_events as (

    select
        *,
        coalesce(
            login_seconds is not null
            and (
                last_login_at is null
                or last_login_at < {{ seconds_after('event_at', '-(login_seconds + 60)') }}
            ),
            false
        ) as is_login_missing
    from events_in_order
    where
        membership = 'in'
        or (membership = 'out' and event <> 'QUEUESTART')
        or last_membership = 'in'
        or (membership is null and last_membership is null and next_membership = 'out')

)

select * from member_events
