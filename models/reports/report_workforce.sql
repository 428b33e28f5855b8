-- One row per month of payroll and team.
with

agent_months as (

    select * from {{ ref('fact_agent_months') }}

),

team_kpis as (

    select * from {{ ref('kpi_monthly_by_team') }}

),

dim_team as (

    select * from {{ ref('dim_team') }}

),

dim_period as (

    select * from {{ ref('dim_period') }}
    where period = 'month' and date_day = period_start_date

),

team_months as (

    select
        month_start_date,
        team_key,
        sum(headcount_open_count) as headcount_open_count,
        sum(headcount_close_count) as headcount_close_count,
        sum(hired_count) as hired_count,
        sum(left_count) as left_count,
        sum(left_voluntary_count) as left_voluntary_count,
        sum(left_involuntary_count) as left_involuntary_count,
        sum(moved_in_count) as moved_in_count,
        sum(moved_out_count) as moved_out_count,
        sum(scheduled_seconds) as scheduled_seconds,
        sum(paid_seconds) as paid_seconds,
        sum(absence_planned_seconds) as absence_planned_seconds,
        sum(absence_unplanned_seconds) as absence_unplanned_seconds,
        sum(external_shrinkage_seconds) as external_shrinkage_seconds,
        sum(internal_shrinkage_seconds) as internal_shrinkage_seconds,
        sum(overtime_seconds) as overtime_seconds
    from agent_months
    group by month_start_date, team_key

),

-- One month times twelve is no year, least of all in a team of three.
team_years as (

    select
        team_months.month_start_date,
        team_months.team_key,
        count(distinct v.month_start_date) as year_month_count,
        sum(v.left_count) as year_left_count,
        {{ agent_turnover_rate('v') }} as year_agent_turnover_rate,
        {{ absenteeism_rate('v') }} as year_absenteeism_rate,
        {{ absence_days_per_agent('v') }} as year_absence_days_per_agent
    from team_months
    inner join dim_period on team_months.month_start_date = dim_period.date_day
    inner join agent_months as v
        on
            team_months.team_key = v.team_key
            and dim_period.year_before_start_date < v.month_start_date
            and team_months.month_start_date >= v.month_start_date
    group by team_months.month_start_date, team_months.team_key

),

rates as (

    select
        month_start_date,
        team_key,
        max(case when kpi_name = 'absenteeism_rate' then value end) as absenteeism_rate,
        max(case when kpi_name = 'absenteeism_rate' then target_status end)
            as absenteeism_rate_status,
        max(case when kpi_name = 'shrinkage_rate' then value end) as shrinkage_rate,
        max(case when kpi_name = 'shrinkage_rate' then target_status end)
            as shrinkage_rate_status,
        max(case when kpi_name = 'occupancy_rate' then value end) as occupancy_rate,
        max(case when kpi_name = 'occupancy_rate' then target_status end)
            as occupancy_rate_status
    from team_kpis
    where kpi_name in ('absenteeism_rate', 'shrinkage_rate', 'occupancy_rate')
    group by month_start_date, team_key

),

report_workforce as (

    select
        team_months.month_start_date,
        team_months.team_key,
        dim_team.team_name,
        dim_team.department,
        dim_team.site_name,
        cast(team_months.headcount_open_count as bigint) as headcount_open_count,
        cast(team_months.hired_count as bigint) as hired_count,
        cast(team_months.moved_in_count as bigint) as moved_in_count,
        cast(team_months.moved_out_count as bigint) as moved_out_count,
        cast(team_months.left_count as bigint) as left_count,
        cast(team_months.left_voluntary_count as bigint) as left_voluntary_count,
        cast(team_months.left_involuntary_count as bigint) as left_involuntary_count,
        cast(team_months.headcount_close_count as bigint) as headcount_close_count,
        cast(team_months.scheduled_seconds as double) / 3600 as contract_hours,
        cast(team_months.paid_seconds as double) / 3600 as paid_hours,
        cast(team_months.overtime_seconds as double) / 3600 as overtime_hours,
        cast(team_months.absence_planned_seconds as double) / 3600 as absence_planned_hours,
        cast(team_months.absence_unplanned_seconds as double) / 3600 as absence_unplanned_hours,
        cast(team_months.external_shrinkage_seconds as double) / 3600
            as external_shrinkage_hours,
        cast(team_months.internal_shrinkage_seconds as double) / 3600
            as internal_shrinkage_hours,
        rates.absenteeism_rate,
        coalesce(rates.absenteeism_rate_status, 'no_value') as absenteeism_rate_status,
        rates.shrinkage_rate,
        coalesce(rates.shrinkage_rate_status, 'no_value') as shrinkage_rate_status,
        rates.occupancy_rate,
        coalesce(rates.occupancy_rate_status, 'no_value') as occupancy_rate_status,
        cast(team_years.year_month_count as bigint) as year_month_count,
        cast(team_years.year_left_count as bigint) as year_left_count,
        team_years.year_agent_turnover_rate,
        team_years.year_absenteeism_rate,
        team_years.year_absence_days_per_agent
    from team_months
    inner join dim_team on team_months.team_key = dim_team.team_key
    inner join team_years
        on
            team_months.month_start_date = team_years.month_start_date
            and team_months.team_key = team_years.team_key
    left join rates
        on
            team_months.month_start_date = rates.month_start_date
            and team_months.team_key = rates.team_key

)

select * from report_workforce
