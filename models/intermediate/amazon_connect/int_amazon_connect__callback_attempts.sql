-- One row per contact record of a callback: one attempt, or the wait for it, for one request.
with

linked_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}

),

-- Each further attempt has a record of its own, which grew out of the one before it.
numbered_requests as (

    select
        contact_key,
        source_system,
        source_instance,
        source_record_id,
        next_contact_id,
        queue_code,
        has_agent,
        has_leg,
        was_callback_requested,
        dequeued_at is not null and disconnect_reason like 'TELECOM%' as has_failed,
        unreadable_flag,
        initiated_at,
        leg_connected_at,
        disconnected_at,
        source_file,
        source_row,
        loaded_at,
        sum(case when previous_initiation_method = 'CALLBACK' then 0 else 1 end) over (
            partition by contact_key
            order by initiated_at, source_record_id
            rows between unbounded preceding and current row
        ) as request_number
    from linked_records
    where initiation_method = 'CALLBACK'

),

callback_attempts as (

    select
        *,
        first_value(source_record_id) over in_request as request_id,
        row_number() over in_request as attempt_number,
        has_agent or coalesce(has_failed, false) as was_dialed
    from numbered_requests
    window
        in_request as (
            partition by contact_key, request_number
            order by initiated_at, source_record_id
        )

)

select * from callback_attempts
