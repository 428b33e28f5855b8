-- A connected or abandoned attempt was answered by a person, a machine is none, and an attempt is
-- the contact of nobody but the agent who was connected. No callback is part of a campaign.
select attempt_key
from {{ ref('fact_outbound_attempts') }}
where
    connected_count > live_answer_count
    or abandoned_count > live_answer_count
    or connected_count + abandoned_count < live_answer_count
    or machine_count + live_answer_count > attempt_count
    or estimated_false_positive_count > machine_count
    or campaign_attempt_count > attempt_count
    or campaign_connected_count + campaign_abandoned_count < campaign_live_answer_count
    or right_party_count > right_party_known_count
    or right_party_known_count > campaign_attempt_count
    or converted_count > conversion_known_count
    or conversion_known_count > campaign_attempt_count
    or (contact_key <> -1 and (connected_count = 0 or agent_key = -1))
    or (campaign_key <> -1 and callback_contact_key <> -1)
    or (agent_key = -1 and dial_seconds is not null)
