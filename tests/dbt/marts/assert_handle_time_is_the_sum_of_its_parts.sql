-- Handle time = talk + hold + after-contact work + dialing, known wherever connected time is.
select leg_key
from {{ ref('fact_agent_legs') }}
where
    handle_seconds is distinct from
    talk_seconds
    + coalesce(hold_seconds, 0)
    + coalesce(after_contact_work_seconds, 0)
    + coalesce(dial_seconds, 0)
    or (handle_seconds is null) <> (connected_seconds is null)
