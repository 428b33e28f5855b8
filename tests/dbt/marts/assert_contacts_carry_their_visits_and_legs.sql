-- The visits, legs, transfers and seconds that contacts carry are all there are; the wait for a
-- callback is no wait of the contact.
with

from_contacts as (

    select
        coalesce(sum(queue_visit_count), 0) as visits,
        coalesce(sum(agent_leg_count), 0) as legs,
        coalesce(sum(transfer_count), 0) as transfers,
        coalesce(sum(wait_seconds), 0) as wait_seconds,
        coalesce(sum(handle_seconds), 0) as handle_seconds
    from {{ ref('fact_contacts') }}

),

from_visits as (

    select
        count(*) as visits,
        coalesce(sum(case when visit_type <> 'callback' then wait_seconds end), 0)
            as wait_seconds
    from {{ ref('fact_queue_visits') }}

),

from_legs as (

    select
        count(*) as legs,
        coalesce(sum(transferred_count), 0) as transfers,
        coalesce(
            sum(case when leg_type in ('customer', 'conference') then handle_seconds end), 0
        ) as handle_seconds
    from {{ ref('fact_agent_legs') }}

)

select
    from_contacts.*,
    from_visits.visits as visits_there_are,
    from_legs.legs as legs_there_are
from from_contacts
cross join from_visits
cross join from_legs
where
    from_contacts.visits <> from_visits.visits
    or from_contacts.wait_seconds <> from_visits.wait_seconds
    or from_contacts.legs <> from_legs.legs
    or from_contacts.transfers <> from_legs.transfers
    or from_contacts.handle_seconds <> from_legs.handle_seconds
