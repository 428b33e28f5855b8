-- A count of a part of a ticket is never above that of its whole, business time fits into time, and
-- the waits of a solved ticket into its resolution.
select ticket_key
from {{ ref('fact_tickets') }}
where
    created_count not in (0, 1)
    or solved_count > created_count
    or responded_count > created_count
    or one_touch_count > solved_count
    or reopened_count > solved_count
    or full_resolution_known_count > solved_count
    or (reopen_count > 0) <> (reopened_count = 1)
    or sla_met_count > sla_due_count
    or first_reply_met_count > first_reply_due_count
    or resolution_met_count > resolution_due_count
    or first_response_business_seconds > first_response_seconds
    or first_resolution_business_seconds > first_resolution_seconds
    or full_resolution_seconds < first_resolution_seconds
    or on_hold_seconds > requester_wait_seconds
    or solved_reply_count > reply_count
    or (solved_requester_wait_seconds is not null) <> (full_resolution_known_count = 1)
    or (solved_agent_wait_seconds is not null) <> (full_resolution_known_count = 1)
    or solved_requester_wait_seconds + solved_agent_wait_seconds > full_resolution_seconds
