-- One row per call that an agent answered: the bank's calls have one leg.
with

answered_calls as (

    select * from {{ ref('int_anonymous_bank__calls') }}
    where was_answered

),

agent_legs as (

    select
        {{ source_key('agent_leg', 'source_contact_id') }} as leg_key,
        contact_key,
        visit_key,
        source_system,
        source_instance,
        source_contact_id as source_leg_id,

        agent_code,
        'bank' as queue_code,
        'phone' as channel_code,
        'inbound' as direction,
        'customer' as leg_type,
        'unknown' as transfer_type,
        cast(null as string) as transfer_reason,

        cast(null as decimal(18, 3)) as dial_seconds,
        cast(null as decimal(18, 3)) as ring_seconds,
        connected_seconds,
        cast(null as decimal(18, 3)) as hold_seconds,
        cast(null as decimal(18, 3)) as after_contact_work_seconds,

        false as is_excluded,
        dq_flag,

        offered_at,
        answered_at as connected_at,
        service_ended_at as ended_at,

        source_file,
        source_row,
        loaded_at
    from answered_calls

)

select * from agent_legs
