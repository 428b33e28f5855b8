-- One row per connection of one agent with somebody whom the sample's center called.
with

dialed_attempts as (

    select * from {{ ref('int_sample__dialed_attempts') }}
    -- The talk of a callback is a segment of its contact.
    where contact_key is not null and callback_contact_key is null

),

timed_outbound_legs as (

    select
        *,
        {{ seconds_between('agent_connected_at', 'agent_ended_at') }} as elapsed_seconds
    from dialed_attempts

),

outbound_agent_legs as (

    select
        {{ source_key('agent_leg', 'source_attempt_id') }} as leg_key,
        contact_key,
        cast(null as bigint) as visit_key,
        source_system,
        source_instance,
        source_attempt_id as source_leg_id,
        agent_code,
        cast(null as string) as queue_code,
        channel_code,
        'outbound' as direction,
        'customer' as leg_type,
        cast(null as string) as transfer_type,
        cast(null as string) as transfer_reason,
        false as is_excluded,
        dial_seconds,
        cast(null as decimal(18, 3)) as ring_seconds,
        {{ usable_seconds('elapsed_seconds') }} as connected_seconds,
        {{ usable_seconds('hold_seconds') }} as hold_seconds,
        {{ usable_seconds('after_contact_work_seconds') }} as after_contact_work_seconds,
        cast(null as timestamp) as offered_at,
        agent_connected_at as connected_at,
        case
            when elapsed_seconds between -2 and 86400
                then greatest(agent_ended_at, agent_connected_at)
        end as ended_at,
        nullif(
            concat_ws(
                ', ',
                unreadable_flag,
                {{ duration_flag('elapsed_seconds', 'connected') }},
                {{ duration_flag('hold_seconds', 'hold') }},
                {{ duration_flag('after_contact_work_seconds', 'after_contact_work') }}
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from timed_outbound_legs

)

select * from outbound_agent_legs
