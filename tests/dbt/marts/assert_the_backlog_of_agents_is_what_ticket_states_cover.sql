-- The backlog of an agent, in whichever team, is what the open states of their tickets cover.
with

backlog_per_agent as (

    select
        dim_agent.agent_id,
        backlog_days.source_system,
        backlog_days.source_instance,
        backlog_days.backlog_date,
        sum(backlog_days.backlog_count) as backlog_count
    from {{ ref('fact_agent_backlog_days') }} as backlog_days
    inner join {{ ref('dim_agent') }} as dim_agent on backlog_days.agent_key = dim_agent.agent_key
    group by all

),

covered_days as (

    select
        dim_agent.agent_id,
        open_states.source_system,
        open_states.source_instance,
        dim_date.date_day as backlog_date,
        count(*) as covered_count
    from {{ ref('fact_ticket_states') }} as open_states
    inner join {{ ref('dim_agent') }} as dim_agent on open_states.agent_key = dim_agent.agent_key
    inner join {{ ref('dim_date') }} as dim_date
        on
            open_states.started_date <= dim_date.date_day
            and {{ reporting_date('open_states.as_of') }} >= dim_date.date_day
            and (open_states.ended_date is null or open_states.ended_date > dim_date.date_day)
    where open_states.is_backlog and not open_states.is_excluded
    group by all

)

select *
from backlog_per_agent
full outer join covered_days using (agent_id, source_system, source_instance, backlog_date)
where coalesce(backlog_per_agent.backlog_count, 0) <> coalesce(covered_days.covered_count, 0)
