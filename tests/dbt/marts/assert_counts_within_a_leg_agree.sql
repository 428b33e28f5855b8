-- What is known or done of a leg is of a handled one, and a leg brings in somebody else in one way.
select leg_key
from {{ ref('fact_agent_legs') }}
where
    handled_count not in (0, 1)
    or handle_known_count > handled_count
    or hold_known_count > handled_count
    or held_count > hold_known_count
    or after_contact_work_known_count > handled_count
    or transfer_known_count > handled_count
    or transferred_count + consulted_count + conferenced_count > transfer_known_count
