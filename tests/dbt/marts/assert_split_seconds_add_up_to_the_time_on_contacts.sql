-- The shared seconds of an agent's legs and of dialing in vain add up to the agent's time on
-- contacts, exactly.
with

split_seconds as (

    select
        agent_id,
        split_seconds
    from {{ ref('fact_agent_legs') }}
    where agent_key >= 0

    union all

    select
        agent_id,
        split_seconds
    from {{ ref('fact_outbound_attempts') }}
    where agent_key >= 0

),

seconds_of_shares as (

    select
        agent_id,
        sum(split_seconds) as split_seconds
    from split_seconds
    group by agent_id

),

seconds_on_contacts as (

    select
        agent_id,
        sum(on_contact_seconds) as on_contact_seconds
    from {{ ref('fact_agent_intervals') }}
    group by agent_id

)

select
    seconds_of_shares.agent_id,
    seconds_of_shares.split_seconds,
    seconds_on_contacts.on_contact_seconds
from seconds_of_shares
full outer join seconds_on_contacts
    on seconds_of_shares.agent_id = seconds_on_contacts.agent_id
where
    coalesce(seconds_of_shares.split_seconds, 0)
    <> coalesce(seconds_on_contacts.on_contact_seconds, 0)
