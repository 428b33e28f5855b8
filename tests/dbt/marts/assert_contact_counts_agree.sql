-- Resolved and repeated contacts are eligible, eligible ones contacts, blocked attempts none.
select contact_key
from {{ ref('fact_contacts') }}
where
    first_contact_resolved_count > first_contact_resolution_eligible_count
    or first_contact_resolution_eligible_count > contact_count
    or first_contact_resolution_eligible_count > resolution_candidate_count
    or resolution_candidate_count > contact_count
    or repeat_count > repeat_eligible_count
    or handoff_known_count > contact_count
    or handoff_count > transfer_count * handoff_known_count
    or repeat_eligible_count > repeat_candidate_count
    or anonymous_count + shared_identity_count + repeat_candidate_count > contact_count
    or resolved_in_one_call_count > first_contact_resolved_count
    or resolved_in_one_call_count > call_resolution_eligible_count
    or call_resolution_eligible_count > least(repeat_eligible_count, resolution_candidate_count)
    or blocked_count + contact_count > 1
    or self_served_count + assisted_count > contact_count
    or reason_known_count + reason_unknown_count <> contact_count
    or contact_count > inbound_or_outbound_count
    or is_blocked and queue_visit_count + agent_leg_count > 0
    or contact_connected_seconds > leg_connected_seconds + 2 * agent_leg_count
