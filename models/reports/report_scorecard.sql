-- One row per period (day, week, month) and KPI of the scorecard.
{%- set kpis = [
    'contacts_offered', 'service_level', 'abandonment_rate', 'first_contact_resolution',
    'repeat_contact_rate', 'containment_rate', 'complaint_rate', 'ticket_sla_compliance',
    'average_handle_time', 'transfer_rate', 'conversion_rate', 'occupancy_rate',
    'schedule_adherence', 'shrinkage_rate', 'quality_score', 'customer_satisfaction',
    'net_promoter_score', 'customer_effort_score', 'survey_response_rate', 'customer_churn_rate',
    'agent_turnover_rate', 'absenteeism_rate', 'employee_satisfaction',
] %}
with

{{ compared_kpis('center', kpis) }},

-- Whom a KPI is for; one may be for several.
audiences as (

    select
        kpi_name,
        kpi_name in (
            'contacts_offered',
            'service_level',
            'abandonment_rate',
            'first_contact_resolution',
            'occupancy_rate',
            'quality_score',
            'customer_satisfaction',
            'net_promoter_score',
            'customer_churn_rate',
            'agent_turnover_rate',
            'absenteeism_rate',
            'employee_satisfaction'
        ) as is_for_executives,
        kpi_name in (
            'first_contact_resolution',
            'repeat_contact_rate',
            'containment_rate',
            'complaint_rate',
            'ticket_sla_compliance',
            'customer_satisfaction',
            'customer_effort_score'
        ) as is_for_product,
        kpi_name in (
            'contacts_offered',
            'service_level',
            'abandonment_rate',
            'conversion_rate',
            'net_promoter_score',
            'customer_churn_rate'
        ) as is_for_sales,
        kpi_name in (
            'service_level',
            'abandonment_rate',
            'first_contact_resolution',
            'ticket_sla_compliance',
            'customer_satisfaction',
            'net_promoter_score',
            'customer_effort_score'
        ) as is_for_the_public
    from dim_kpi

),

-- By how much a value that is good within a band lies outside of it.
kpis_with_distances as (

    select
        *,
        max(case when period = 'month' and is_complete then period_start_date end) over ()
            as last_complete_month_date,
        greatest(value - target_high, target_low - value, 0) as outside_by,
        greatest(previous_value - target_high, target_low - previous_value, 0)
            as previous_outside_by,
        target_low is not null or target_high is not null as has_target
    from compared_kpis

),

report_scorecard as (

    select
        kpi.period,
        kpi.period_start_date,
        kpi.period_end_date,
        kpi.is_complete,
        kpi.kpi_name,
        kpi.label,
        dim_kpi.family,
        kpi.unit,
        kpi.direction,
        audiences.is_for_executives,
        audiences.is_for_product,
        audiences.is_for_sales,
        coalesce(
            audiences.is_for_the_public
            and kpi.period = 'month'
            and kpi.period_start_date = kpi.last_complete_month_date,
            false
        ) as is_public,
        kpi.value,
        kpi.numerator,
        kpi.denominator,
        kpi.observation_count,
        kpi.previous_value,
        kpi.value - kpi.previous_value as change,
        kpi.year_before_value,
        kpi.value - kpi.year_before_value as year_before_change,
        case
            when not kpi.is_complete then 'incomplete'
            when kpi.value is null or kpi.previous_value is null then 'not_comparable'
            when
                abs(kpi.value - kpi.previous_value)
                <= {{ number_of('trend_tolerance') }} * abs(kpi.previous_value)
                then 'same'
            when kpi.direction = 'none' or kpi.direction = 'band' and not kpi.has_target
                then case when kpi.value > kpi.previous_value then 'up' else 'down' end
            when kpi.direction = 'band' and kpi.outside_by = kpi.previous_outside_by then 'same'
            when kpi.direction = 'band' and kpi.outside_by < kpi.previous_outside_by
                then 'better'
            when kpi.direction = 'up' and kpi.value > kpi.previous_value then 'better'
            when kpi.direction = 'down' and kpi.value < kpi.previous_value then 'better'
            else 'worse'
        end as trend,
        kpi.target_low,
        kpi.target_high,
        {{ gap_to_target('kpi.value', 'kpi.target_low', 'kpi.target_high') }} as gap_to_target,
        kpi.target_status
    from kpis_with_distances as kpi
    inner join dim_kpi on kpi.kpi_name = dim_kpi.kpi_name
    inner join audiences on kpi.kpi_name = audiences.kpi_name

)

select * from report_scorecard
