-- The backlog of an agent, in whichever team, is what the open states of their tickets cover.
with

differences as (

    select
        agent_key,
        source_system,
        source_instance,
        backlog_date,
        backlog_count as too_many
    from {{ ref('fact_agent_backlog_days') }}

    union all

    select
        ticket_states.agent_key,
        ticket_states.source_system,
        ticket_states.source_instance,
        dim_date.date_day as backlog_date,
        -1 as too_many
    from {{ ref('fact_ticket_states') }} as ticket_states
    inner join {{ ref('dim_date') }} as dim_date
        on
            ticket_states.started_date <= dim_date.date_day
            and {{ reporting_date('ticket_states.as_of') }} >= dim_date.date_day
            and (
                ticket_states.ended_date is null
                or ticket_states.ended_date > dim_date.date_day
            )
    where ticket_states.is_backlog and not ticket_states.is_excluded

)

select
    dim_agent.agent_id,
    differences.source_system,
    differences.source_instance,
    differences.backlog_date,
    sum(differences.too_many) as too_many
from differences
inner join {{ ref('dim_agent') }} as dim_agent on differences.agent_key = dim_agent.agent_key
group by
    dim_agent.agent_id, differences.source_system, differences.source_instance,
    differences.backlog_date
having sum(differences.too_many) <> 0
