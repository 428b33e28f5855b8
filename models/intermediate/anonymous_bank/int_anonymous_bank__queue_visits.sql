-- One row per call that an agent answered or that entered the queue.
with

offered_calls as (

    select * from {{ ref('int_anonymous_bank__calls') }}
    where was_offered

),

queue_visits as (

    select
        visit_key,
        contact_key,
        source_system,
        source_instance,
        source_contact_id as source_visit_id,

        'bank' as queue_code,
        'phone' as channel_code,
        'inbound' as direction,
        'inbound' as visit_type,
        contact_reason_code,
        case when was_answered then 'answered' else 'abandoned' end as exit_reason,

        cast(wait_seconds as decimal(18, 3)) as wait_seconds,

        was_queued,
        false as is_excluded,
        dq_flag,

        offered_at,
        answered_at,
        coalesce(answered_at, queue_exited_at) as exited_at,

        source_file,
        source_row,
        loaded_at
    from offered_calls

)

select * from queue_visits
