-- One row per stay of a call in a queue, and per call that an agent answered without any queue.
{{ config(materialized='table') }}

with

queue_stays as (

    select * from {{ ref('int_asterisk__queue_stays') }}

),

cdr_legs as (

    select * from {{ ref('int_asterisk__cdr_legs') }}

),

unqueued_answers as (

    select * from cdr_legs
    where is_unqueued_answer

),

-- Who picked up first may have passed the call on into a queue.
answers_outside_queues as (

    select
        source_instance,
        source_contact_id,
        min(connected_at) as first_answered_at
    from cdr_legs
    where leg_type = 'customer'
    group by source_instance, source_contact_id

),

visits as (

    select
        queue_stays.source_instance,
        queue_stays.source_visit_id,
        queue_stays.source_contact_id,
        queue_stays.queue_code,
        case
            when answers_outside_queues.first_answered_at < queue_stays.offered_at then 'transfer'
            else queue_stays.visit_type
        end as visit_type,
        queue_stays.exit_reason,
        queue_stays.exit_reason not in ('no_agents', 'queue_full')
        or coalesce(queue_stays.wait_seconds > 0, true)
            as was_queued,
        queue_stays.wait_seconds,
        queue_stays.offered_at,
        queue_stays.answered_at,
        queue_stays.exited_at,
        queue_stays.dq_flag,
        queue_stays.source_file,
        queue_stays.source_row,
        queue_stays.loaded_at
    from queue_stays
    left join answers_outside_queues
        on
            queue_stays.source_instance = answers_outside_queues.source_instance
            and queue_stays.source_contact_id = answers_outside_queues.source_contact_id

    union all

    select
        source_instance,
        source_leg_id as source_visit_id,
        source_contact_id,
        null as queue_code,
        'inbound' as visit_type,
        'answered' as exit_reason,
        false as was_queued,
        0 as wait_seconds,
        connected_at as offered_at,
        connected_at as answered_at,
        connected_at as exited_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from unqueued_answers

),

visits_of_source as (

    select
        *,
        'asterisk' as source_system
    from visits

),

queue_visits as (

    select
        {{ source_key('queue_visit', 'source_visit_id') }} as visit_key,
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        source_system,
        source_instance,
        source_visit_id,
        queue_code,
        'phone' as channel_code,
        'inbound' as direction,
        visit_type,
        cast(null as string) as contact_reason_code,
        exit_reason,
        was_queued,
        false as is_excluded,
        cast(wait_seconds as decimal(18, 3)) as wait_seconds,
        offered_at,
        answered_at,
        exited_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from visits_of_source

)

select * from queue_visits
