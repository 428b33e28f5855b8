-- Nobody is in two states at once, whatever the team.
with

states_in_order as (

    select
        agent_id,
        started_at,
        ended_at,
        lead(started_at) over (partition by agent_id order by started_at, ended_at)
            as next_started_at
    from {{ ref('fact_agent_states') }}

)

select * from states_in_order
where next_started_at < ended_at
