-- A wait or connected time that should be known and is not carries a flag that says why.
select
    'fact_queue_visits' as fact,
    visit_key as row_key
from {{ ref('fact_queue_visits') }}
where exited_at is not null and wait_seconds is null and dq_flag is null

union all

select
    'fact_agent_legs' as fact,
    leg_key as row_key
from {{ ref('fact_agent_legs') }}
where ended_at is not null and connected_seconds is null and dq_flag is null
