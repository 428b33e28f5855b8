-- What happens to a visit or session happens in order, but for the 2 s that clocks may differ.
select
    'int_queue_visits' as entity,
    visit_key as row_key
from {{ ref('int_queue_visits') }}
where
    (
        answered_at < offered_at - interval '2' second
        or exited_at < offered_at - interval '2' second
        or (exit_reason = 'answered') <> (answered_at is not null)
    )
    and dq_flag is null

union all

select
    'int_self_service_sessions' as entity,
    session_key as row_key
from {{ ref('int_self_service_sessions') }}
where ended_at < started_at - interval '2' second and dq_flag is null
