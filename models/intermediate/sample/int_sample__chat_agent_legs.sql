-- One row per time an agent was in a chat of the sample.
with

chat_segments as (

    select * from {{ ref('int_sample__chat_segments') }}
    where outcome = 'ANSWERED'

),

timed_legs as (

    select
        *,
        {{ seconds_between('accepted_at', 'agent_left_at') }} as elapsed_seconds
    from chat_segments

),

chat_agent_legs as (

    select
        {{ source_key('agent_leg', 'source_segment_id') }} as leg_key,
        contact_key,
        visit_key,
        source_system,
        source_instance,
        source_segment_id as source_leg_id,
        agent_code,
        queue_code,
        'chat' as channel_code,
        'inbound' as direction,
        'customer' as leg_type,
        transfer_type,
        transfer_reason,
        exclusion_reason is not null as is_excluded,
        cast(null as decimal(18, 3)) as dial_seconds,
        cast(null as decimal(18, 3)) as ring_seconds,
        {{ usable_seconds('elapsed_seconds') }} as connected_seconds,
        cast(null as decimal(18, 3)) as hold_seconds,
        {{ usable_seconds('after_contact_work_seconds') }} as after_contact_work_seconds,
        started_at as offered_at,
        accepted_at as connected_at,
        case
            when elapsed_seconds between -2 and 86400 then greatest(agent_left_at, accepted_at)
        end as ended_at,
        nullif(
            concat_ws(
                ', ',
                unreadable_flag,
                {{ duration_flag('elapsed_seconds', 'connected') }},
                {{ duration_flag('after_contact_work_seconds', 'after_contact_work') }}
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from timed_legs

)

select * from chat_agent_legs
