-- One row per period (day, week, month) and department.
with

{{ compared_kpis('department', kpis_of_teams()) }},

agent_months as (

    select * from {{ ref('fact_agent_months') }}

),

dim_team as (

    select * from {{ ref('dim_team') }}

),

-- How many people a department has is known by the month.
headcounts as (

    select
        'month' as period,
        agent_months.month_start_date as period_start_date,
        dim_team.department,
        cast(sum(agent_months.headcount_close_count) as bigint) as headcount,
        cast(sum(agent_months.hired_count) as bigint) as hired_count,
        cast(sum(agent_months.left_count) as bigint) as left_count
    from agent_months
    inner join dim_team on agent_months.team_key = dim_team.team_key
    group by agent_months.month_start_date, dim_team.department

),

kpis_with_headcounts as (

    select
        kpi.*,
        headcounts.headcount,
        headcounts.hired_count,
        headcounts.left_count
    from compared_kpis as kpi
    left join headcounts
        on
            kpi.period = headcounts.period
            and kpi.period_start_date = headcounts.period_start_date
            and kpi.department = headcounts.department

),

-- Teams of no department belong to nobody who could be compared.
report_department as (

    select
        period,
        period_start_date,
        period_end_date,
        is_complete,
        department,
        max(headcount) as headcount,
        max(hired_count) as hired_count,
        max(left_count) as left_count,
        {{ columns_of_kpis(
            kpis_of_teams(), judged_kpis_of_teams(), parts_of_kpis_of_teams()
        ) }}
    from kpis_with_headcounts
    where department is not null
    group by period, period_start_date, period_end_date, is_complete, department

)

select * from report_department
