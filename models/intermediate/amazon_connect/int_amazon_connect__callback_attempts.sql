-- One row per contact record of a callback: one attempt, or the wait for it, for one request.
with

callback_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}
    where initiation_method = 'CALLBACK'

),

-- Each further attempt has a record of its own, which grew out of the one before it.
numbered_requests as (

    select
        *,
        sum(case when previous_initiation_method = 'CALLBACK' then 0 else 1 end) over (
            partition by contact_key
            order by initiated_at, source_record_id
            rows between unbounded preceding and current row
        ) as request_number
    from callback_records

),

callback_attempts as (

    select
        *,
        first_value(source_record_id) over in_request as request_id,
        row_number() over in_request as attempt_number,
        has_agent or (dequeued_at is not null and disconnect_reason like 'TELECOM%') as was_dialed
    from numbered_requests
    window
        in_request as (
            partition by contact_key, request_number
            order by initiated_at, source_record_id
        )

)

select * from callback_attempts
