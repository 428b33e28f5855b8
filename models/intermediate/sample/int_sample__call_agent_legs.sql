-- One row per connection of one agent with a call of the sample.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where outcome = 'ANSWERED'

),

timed_legs as (

    select
        *,
        {{ seconds_between('answered_at', 'agent_ended_at') }} as elapsed_seconds
    from contact_segments

),

call_agent_legs as (

    select
        {{ source_key('agent_leg', 'source_segment_id') }} as leg_key,
        contact_key,
        current_visit_key as visit_key,
        source_system,
        source_instance,
        source_segment_id as source_leg_id,
        agent_code,
        current_queue_code as queue_code,
        channel_code,
        contact_direction as direction,
        case segment_type
            when 'consult' then 'consult'
            when 'conference' then 'conference'
            else 'customer'
        end as leg_type,
        transfer_type,
        transfer_reason,
        exclusion_reason is not null as is_excluded,
        {{ usable_seconds('dial_seconds') }} as dial_seconds,
        {{ usable_seconds('ring_seconds') }} as ring_seconds,
        {{ usable_seconds('elapsed_seconds') }} as connected_seconds,
        {{ usable_seconds('hold_seconds') }} as hold_seconds,
        {{ usable_seconds('after_contact_work_seconds') }} as after_contact_work_seconds,
        current_offered_at as offered_at,
        answered_at as connected_at,
        case
            when elapsed_seconds between -2 and 86400 then greatest(agent_ended_at, answered_at)
        end as ended_at,
        nullif(
            concat_ws(
                ', ',
                unreadable_flag,
                {{ duration_flag('dial_seconds', 'dial') }},
                {{ duration_flag('ring_seconds', 'ring') }},
                {{ duration_flag('elapsed_seconds', 'connected') }},
                {{ duration_flag('hold_seconds', 'hold') }},
                {{ duration_flag('after_contact_work_seconds', 'after_contact_work') }}
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from timed_legs

)

select * from call_agent_legs
