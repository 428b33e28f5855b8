-- One row per agent and week in which the agent was logged in.
with

agent_weeks as (

    select
        *,
        'occupancy_rate' as kpi_name
    from {{ ref('report_agent_performance') }}
    where period = 'week' and agent_id <> 'unknown' and not is_shared_login and staffed_hours > 0

),

own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

weeks_with_target as (

    {{ with_own_target('agent_weeks', 'period_start_date', 'agent') }}

),

-- The rest of the team: whoever is compared with a sum must not be in it. Without the brackets
-- Spark reads the window's name and the minus behind it as one word.
peers as (

    select
        period_start_date,
        agent_id,
        (count(*) over in_team) - 1 as peer_count,
        (sum(contacts_handled) over in_team) - coalesce(contacts_handled, 0) as handled_count,
        -- The same whatever order the rows come in, as a sum of doubles is not.
        cast(
            (sum(cast(staffed_hours as decimal(28, 9))) over in_team)
            - cast(staffed_hours as decimal(28, 9)) as double
        ) * 3600 as staffed_seconds,
        (sum(busy_seconds) over in_team) - busy_seconds as busy_seconds,
        (sum(busy_and_available_seconds - busy_seconds) over in_team)
        - (busy_and_available_seconds - busy_seconds) as available_seconds
    from agent_weeks
    window in_team as (partition by period_start_date, team_key)

),

peer_values as (

    select
        v.period_start_date,
        v.agent_id,
        {{ occupancy_rate('v') }} as peer_occupancy_rate,
        {{ contacts_per_agent_hour('v') }} as peer_contacts_per_agent_hour
    from peers as v
    where v.peer_count > 0
    group by v.period_start_date, v.agent_id

),

compared_weeks as (

    select
        agent_weeks.*,
        peers.peer_count,
        peer_values.peer_occupancy_rate,
        peer_values.peer_contacts_per_agent_hour,
        -- Rounded, as 0.7 less 0.5 is not 0.2 in binary.
        round(agent_weeks.occupancy_rate - peer_values.peer_occupancy_rate, 9)
            as occupancy_difference,
        own_targets.target_high as risk_occupancy_limit
    from weeks_with_target as agent_weeks
    inner join peers
        on
            agent_weeks.period_start_date = peers.period_start_date
            and agent_weeks.agent_id = peers.agent_id
    left join peer_values
        on
            agent_weeks.period_start_date = peer_values.period_start_date
            and agent_weeks.agent_id = peer_values.agent_id
    left join own_targets on agent_weeks.kpi_target_key = own_targets.kpi_target_key

),

report_workload_balance as (

    select
        period_start_date as week_start_date,
        is_complete,
        agent_id,
        agent_name,
        team_key,
        team_name,
        department,
        cast(contacts_handled as bigint) as handled_count,
        staffed_hours,
        busy_seconds,
        busy_and_available_seconds,
        occupancy_rate,
        occupancy_rate_previous,
        contacts_per_agent_hour,
        peer_count,
        peer_occupancy_rate,
        occupancy_difference,
        peer_contacts_per_agent_hour,
        risk_occupancy_limit,
        cast({{ number_of('workload_peer_gap') }} as double) as peer_gap_limit,
        cast({{ number_of('workload_minimum_hours') }} as double) as minimum_staffed_hours,
        case
            when staffed_hours < {{ number_of('workload_minimum_hours') }} then 'too_little_time'
            when occupancy_rate > risk_occupancy_limit then 'at_risk'
            when occupancy_difference is null then 'no_peers'
            when occupancy_difference > {{ number_of('workload_peer_gap') }} then 'above_peers'
            when occupancy_difference < -{{ number_of('workload_peer_gap') }} then 'under_used'
            else 'balanced'
        end as balance
    from compared_weeks

)

select * from report_workload_balance
