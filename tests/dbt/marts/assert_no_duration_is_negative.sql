-- No duration is below 0: what the clocks got wrong is NULL and flagged.
select
    'fact_queue_visits' as fact,
    visit_key as row_key
from {{ ref('fact_queue_visits') }}
where wait_seconds < 0

union all

select
    'fact_agent_legs' as fact,
    leg_key as row_key
from {{ ref('fact_agent_legs') }}
where
    connected_seconds < 0
    or talk_seconds < 0
    or hold_seconds < 0
    or after_contact_work_seconds < 0
    or dial_seconds < 0
    or ring_seconds < 0
    or ended_at < connected_at

union all

select
    'fact_contacts' as fact,
    contact_key as row_key
from {{ ref('fact_contacts') }}
where wait_seconds < 0 or contact_connected_seconds < 0 or handle_seconds < 0

union all

select
    'fact_self_service_sessions' as fact,
    session_key as row_key
from {{ ref('fact_self_service_sessions') }}
where duration_seconds < 0

union all

select
    'fact_outbound_attempts' as fact,
    attempt_key as row_key
from {{ ref('fact_outbound_attempts') }}
where dial_seconds < 0

union all

select
    'fact_agent_states' as fact,
    agent_key as row_key
from {{ ref('fact_agent_states') }}
where state_seconds <= 0
