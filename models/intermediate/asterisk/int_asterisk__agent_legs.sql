-- One row per connection of one agent with a contact, from the queue log and the call records.
{{ config(materialized='table') }}

with

queue_legs as (

    select * from {{ ref('int_asterisk__queue_legs') }}

),

cdr_legs as (

    select * from {{ ref('int_asterisk__cdr_legs') }}

),

leg_work as (

    select * from {{ ref('int_asterisk__leg_work') }}

),

-- Whom the agent of a queue asked, or brought in.
asked_visits as (

    select
        source_instance,
        source_visit_id,
        case when bool_or(leg_type = 'conference') then 'conference' else 'consult' end
            as transfer_type
    from cdr_legs
    where leg_type in ('consult', 'conference') and source_visit_id is not null
    group by source_instance, source_visit_id

),

legs as (

    select
        queue_legs.source_instance,
        queue_legs.source_leg_id,
        queue_legs.source_contact_id,
        queue_legs.source_visit_id,
        queue_legs.agent_code,
        queue_legs.queue_code,
        'inbound' as direction,
        'customer' as leg_type,
        coalesce(queue_legs.transfer_type, asked_visits.transfer_type) as transfer_type,
        cast(null as decimal(18, 3)) as dial_seconds,
        queue_legs.ring_seconds,
        queue_legs.connected_seconds,
        -- Who may pause for it and does not has no work to do; without a setting nobody knows.
        case
            when leg_work.source_leg_id is not null then leg_work.work_seconds
            when
                queue_legs.ended_at is not null
                and {{ var('asterisk_after_contact_work_reasons') | length }} > 0
                then 0
        end as after_contact_work_seconds,
        queue_legs.dq_flag,
        queue_legs.offered_at,
        queue_legs.connected_at,
        queue_legs.ended_at,
        queue_legs.source_file,
        queue_legs.source_row,
        queue_legs.loaded_at
    from queue_legs
    left join leg_work
        on
            queue_legs.source_instance = leg_work.source_instance
            and queue_legs.source_leg_id = leg_work.source_leg_id
    left join asked_visits
        on
            queue_legs.source_instance = asked_visits.source_instance
            and queue_legs.source_visit_id = asked_visits.source_visit_id

    union all

    select
        source_instance,
        source_leg_id,
        source_contact_id,
        case when is_unqueued_answer then source_leg_id else source_visit_id end
            as source_visit_id,
        agent_code,
        queue_code,
        direction,
        leg_type,
        null as transfer_type,
        dial_seconds,
        null as ring_seconds,
        connected_seconds,
        null as after_contact_work_seconds,
        dq_flag,
        case when is_unqueued_answer then connected_at else offered_at end as offered_at,
        connected_at,
        ended_at,
        source_file,
        source_row,
        loaded_at
    from cdr_legs

),

legs_of_source as (

    select
        *,
        'asterisk' as source_system
    from legs

),

agent_legs as (

    select
        {{ source_key('agent_leg', 'source_leg_id') }} as leg_key,
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        case
            when source_visit_id is not null
                then {{ source_key('queue_visit', 'source_visit_id') }}
        end as visit_key,
        source_system,
        source_instance,
        source_leg_id,
        agent_code,
        queue_code,
        'phone' as channel_code,
        direction,
        leg_type,
        transfer_type,
        cast(null as string) as transfer_reason,
        false as is_excluded,
        cast(dial_seconds as decimal(18, 3)) as dial_seconds,
        cast(ring_seconds as decimal(18, 3)) as ring_seconds,
        cast(connected_seconds as decimal(18, 3)) as connected_seconds,
        cast(null as decimal(18, 3)) as hold_seconds,
        cast(after_contact_work_seconds as decimal(18, 3)) as after_contact_work_seconds,
        offered_at,
        connected_at,
        case when connected_seconds is not null or dq_flag is not null then ended_at end
            as ended_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from legs_of_source

)

select * from agent_legs
