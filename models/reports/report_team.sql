-- One row per period (day, week, month) and team.
with

{{ compared_kpis('team', kpis_of_teams()) }},

agent_months as (

    select * from {{ ref('fact_agent_months') }}

),

dim_team as (

    select * from {{ ref('dim_team') }}

),

-- How many people a team has is known by the month.
headcounts as (

    select
        'month' as period,
        month_start_date as period_start_date,
        team_key,
        cast(sum(headcount_close_count) as bigint) as headcount,
        cast(sum(hired_count) as bigint) as hired_count,
        cast(sum(left_count) as bigint) as left_count
    from agent_months
    group by month_start_date, team_key

),

kpis_with_headcounts as (

    select
        kpi.*,
        dim_team.department,
        dim_team.site_name,
        headcounts.headcount,
        headcounts.hired_count,
        headcounts.left_count
    from compared_kpis as kpi
    inner join dim_team on kpi.team_key = dim_team.team_key
    left join headcounts
        on
            kpi.period = headcounts.period
            and kpi.period_start_date = headcounts.period_start_date
            and kpi.team_key = headcounts.team_key
    -- Employees' answers that no team may be shown for stand under no team.
    where not (kpi.kpi_name = 'employee_satisfaction' and kpi.team_key = -1)

),

report_team as (

    select
        period,
        period_start_date,
        period_end_date,
        is_complete,
        team_key,
        team_name,
        department,
        site_name,
        max(headcount) as headcount,
        max(hired_count) as hired_count,
        max(left_count) as left_count,
        {{ columns_of_kpis(
            kpis_of_teams(), judged_kpis_of_teams(), parts_of_kpis_of_teams()
        ) }}
    from kpis_with_headcounts
    group by
        period, period_start_date, period_end_date, is_complete, team_key, team_name, department,
        site_name

)

select * from report_team
