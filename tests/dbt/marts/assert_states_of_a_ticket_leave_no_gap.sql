-- The states of a ticket follow one another from its creation on, and only the last one is current.
with

states_in_order as (

    select
        *,
        lead(started_at) over (
            partition by ticket_key
            order by started_at
        ) as next_started_at
    from {{ ref('fact_ticket_states') }}

)

select
    ticket_key,
    started_at,
    ended_at
from states_in_order
where
    ended_at is distinct from next_started_at
    or is_current <> (next_started_at is null)
    or state_seconds < 0
    or state_business_seconds not between 0 and state_seconds
