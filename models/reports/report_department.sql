-- One row per period (day, week, month) and department.
{%- set kpis = [
    'contacts_per_agent_hour', 'average_first_response_time', 'average_handle_time',
    'average_talk_time', 'average_after_contact_work_time', 'transfer_rate',
    'first_contact_resolution_survey', 'customer_satisfaction', 'net_promoter_score',
    'quality_score', 'occupancy_rate', 'schedule_adherence', 'schedule_conformance',
    'shrinkage_rate', 'absenteeism_rate', 'agent_turnover_rate', 'employee_satisfaction',
] %}
{%- set judged = [
    'customer_satisfaction', 'net_promoter_score', 'quality_score', 'occupancy_rate',
    'schedule_adherence', 'schedule_conformance', 'shrinkage_rate', 'absenteeism_rate',
    'employee_satisfaction',
] %}
{%- set parts = {
    'handled_count': ['average_handle_time', 'denominator', 'bigint'],
    'handle_seconds': ['average_handle_time', 'numerator', 'decimal(18, 3)'],
    'busy_seconds': ['occupancy_rate', 'numerator', 'decimal(18, 3)'],
    'busy_and_available_seconds': ['occupancy_rate', 'denominator', 'decimal(18, 3)'],
    'scheduled_seconds': ['schedule_adherence', 'denominator', 'decimal(18, 3)'],
    'satisfaction_answered_count': ['customer_satisfaction', 'denominator', 'bigint'],
    'evaluation_count': ['quality_score', 'observation_count', 'bigint'],
} %}
with

{{ compared_kpis('department', kpis) }},

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
        {{ columns_of_kpis(kpis, judged, parts) }}
    from kpis_with_headcounts
    where department is not null
    group by period, period_start_date, period_end_date, is_complete, department

)

select * from report_department
