-- One row per agent version and date on which open tickets were theirs, came or went.
with

ticket_states as (

    select * from {{ ref('fact_ticket_states') }}
    where not is_excluded

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

dim_date as (

    select * from {{ ref('dim_date') }}

),

-- Who changes the team takes the tickets along.
states_per_version as (

    select
        ticket_states.ticket_key,
        ticket_states.source_system,
        ticket_states.source_instance,
        ticket_states.is_backlog,
        ticket_states.as_of,
        agent_versions.agent_key,
        greatest(ticket_states.started_at, agent_versions.valid_from) as started_at
    from ticket_states
    inner join dim_agent as assignees on ticket_states.agent_key = assignees.agent_key
    inner join dim_agent as agent_versions
        on
            assignees.agent_id = agent_versions.agent_id
            and (
                assignees.agent_key = agent_versions.agent_key
                or (
                    ticket_states.started_at < agent_versions.valid_from
                    and coalesce(ticket_states.ended_at, ticket_states.as_of)
                    > agent_versions.valid_from
                )
            )

),

states_in_order as (

    select
        *,
        {{ reporting_date('started_at') }} as started_date,
        lag(is_backlog) over per_ticket as was_backlog,
        lag(agent_key) over per_ticket as previous_agent_key
    from states_per_version
    window per_ticket as (
        partition by ticket_key
        order by started_at
    )

),

-- What a span does to the tickets of its agent, and of the agent who had the ticket before. A
-- ticket is solved by the one who had it while it was open.
movements as (

    select
        agent_key,
        source_system,
        source_instance,
        started_date,
        as_of,
        1 as received_count,
        0 as handed_on_count,
        0 as solved_count
    from states_in_order
    where
        is_backlog
        and (not coalesce(was_backlog, false) or agent_key <> previous_agent_key)

    union all

    select
        previous_agent_key as agent_key,
        source_system,
        source_instance,
        started_date,
        as_of,
        0 as received_count,
        case when is_backlog then 1 else 0 end as handed_on_count,
        case when is_backlog then 0 else 1 end as solved_count
    from states_in_order
    where
        was_backlog
        and (not is_backlog or agent_key <> previous_agent_key)

),

movements_per_day as (

    select
        agent_key,
        source_system,
        source_instance,
        started_date,
        sum(received_count) as received_count,
        sum(handed_on_count) as handed_on_count,
        sum(solved_count) as solved_count,
        max(as_of) as as_of
    from movements
    group by agent_key, source_system, source_instance, started_date

),

levels as (

    select
        agent_key,
        source_system,
        source_instance,
        started_date,
        received_count,
        handed_on_count,
        solved_count,
        as_of,
        sum(received_count - handed_on_count - solved_count) over so_far as backlog_count,
        lead(started_date) over (
            partition by agent_key, source_system, source_instance
            order by started_date
        ) as next_started_date
    from movements_per_day
    window so_far as (
        partition by agent_key, source_system, source_instance
        order by started_date
        rows between unbounded preceding and current row
    )

),

-- A level holds until the next movement, and without tickets there is nothing to hold.
lasting_levels as (

    select
        *,
        case
            when backlog_count = 0 then started_date
            else
                coalesce(
                    cast(next_started_date - interval '1' day as date),
                    {{ reporting_date('as_of') }}
                )
        end as last_date
    from levels

),

fact_agent_backlog_days as (

    select
        lasting_levels.agent_key,
        dim_agent.team_key,
        lasting_levels.source_system,
        lasting_levels.source_instance,

        dim_agent.agent_name,
        dim_agent.team_name,
        {%- for movement in ['received_count', 'handed_on_count', 'solved_count'] %}
            cast(
                case
                    when dim_date.date_day = lasting_levels.started_date
                        then lasting_levels.{{ movement }}
                    else 0
                end as int
            ) as {{ movement }},
        {%- endfor %}
        cast(lasting_levels.backlog_count as int) as backlog_count,

        dim_date.date_day < {{ reporting_date('lasting_levels.as_of') }} as is_final,
        dim_date.date_day as backlog_date,
        lasting_levels.as_of
    from lasting_levels
    inner join dim_date
        on
            lasting_levels.started_date <= dim_date.date_day
            and lasting_levels.last_date >= dim_date.date_day
    inner join dim_agent on lasting_levels.agent_key = dim_agent.agent_key

)

select * from fact_agent_backlog_days
