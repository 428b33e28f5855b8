-- An agent's time on contacts is the union of the legs and of dialing in vain, found here as
-- islands of spans that touch.
with

agent_legs as (

    select
        agent_id,
        {{ seconds_after('connected_at', '-coalesce(dial_seconds, 0)') }} as started_at,
        ended_at
    from {{ ref('fact_agent_legs') }}
    where
        agent_key >= 0
        and leg_type in ('customer', 'conference', 'consult')
        and ended_at is not null

    union all

    select
        agent_id,
        dialed_at as started_at,
        {{ seconds_after('dialed_at', 'dial_seconds') }} as ended_at
    from {{ ref('fact_outbound_attempts') }}
    where agent_key >= 0 and agent_connected_at is null and dial_seconds is not null

),

legs_in_order as (

    select
        *,
        max(ended_at) over (
            partition by agent_id
            order by started_at, ended_at
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from agent_legs

),

numbered_islands as (

    select
        *,
        sum(case when started_at <= covered_until then 0 else 1 end) over (
            partition by agent_id
            order by started_at, ended_at
            rows between unbounded preceding and current row
        ) as island
    from legs_in_order

),

islands as (

    select
        agent_id,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from numbered_islands
    group by agent_id, island

),

seconds_of_islands as (

    select
        agent_id,
        sum({{ seconds_between('started_at', 'ended_at') }}) as union_seconds
    from islands
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
    seconds_of_islands.agent_id,
    seconds_of_islands.union_seconds,
    seconds_on_contacts.on_contact_seconds
from seconds_of_islands
full outer join seconds_on_contacts
    on seconds_of_islands.agent_id = seconds_on_contacts.agent_id
where
    coalesce(seconds_of_islands.union_seconds, 0)
    <> coalesce(seconds_on_contacts.on_contact_seconds, 0)
