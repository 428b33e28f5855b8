-- The shared seconds of an agent's legs add up to the agent's time on contacts, exactly.
with

split_seconds as (

    select
        agent_id,
        sum(split_seconds) as split_seconds
    from {{ ref('fact_agent_legs') }}
    where agent_key >= 0
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
    split_seconds.agent_id,
    split_seconds.split_seconds,
    seconds_on_contacts.on_contact_seconds
from split_seconds
full outer join seconds_on_contacts on split_seconds.agent_id = seconds_on_contacts.agent_id
where
    coalesce(split_seconds.split_seconds, 0)
    <> coalesce(seconds_on_contacts.on_contact_seconds, 0)
