-- One row per month, channel and contact reason for which customers made contact.
{{ config(materialized='view') }}

with

contact_reason_months as (

    select * from {{ ref('contact_reason_months') }}

),

survey_responses as (

    select
        *,
        cast(date_trunc('month', contact_date) as date) as month_start_date
    from {{ ref('fact_survey_responses') }}
    where csat_answered_count = 1

),

satisfaction_sums as (

    select
        v.month_start_date,
        v.channel_key,
        v.contact_reason_key,
        cast(sum(v.csat_answered_count) as bigint) as satisfaction_answered_count,
        cast(sum(v.satisfied_count) as bigint) as satisfied_count,
        {{ customer_satisfaction('v') }} as customer_satisfaction
    from survey_responses as v
    group by v.month_start_date, v.channel_key, v.contact_reason_key

),

reasons as (

    select
        contact_reason_months.*,
        sum(contact_reason_months.contact_count) over per_month as month_contact_count,
        contact_reason_months.month_start_date
        < max(contact_reason_months.month_start_date) over () as is_complete,
        satisfaction_sums.satisfied_count,
        satisfaction_sums.satisfaction_answered_count,
        satisfaction_sums.customer_satisfaction
    from contact_reason_months
    left join satisfaction_sums
        on
            contact_reason_months.month_start_date = satisfaction_sums.month_start_date
            and contact_reason_months.channel_key = satisfaction_sums.channel_key
            and contact_reason_months.contact_reason_key = satisfaction_sums.contact_reason_key
    window per_month as (partition by contact_reason_months.month_start_date)

),

{{ judged_rates(
    'reasons',
    ['month_start_date', 'channel_key', 'contact_reason_key'],
    'month_start_date',
    'reason and channel',
    {
        'average_handle_time': 'average_handle_time_seconds',
        'transfer_rate': 'transfer_rate',
        'first_contact_resolution': 'first_contact_resolution',
        'repeat_contact_rate': 'repeat_contact_rate',
        'complaint_rate': 'complaint_rate',
        'escalation_rate': 'escalation_rate',
        'customer_satisfaction': 'customer_satisfaction',
    }
) }},

report_contact_reasons as (

    select
        reasons.month_start_date,
        reasons.is_complete,
        reasons.channel_key,
        reasons.contact_reason_key,
        reasons.channel_name,
        reasons.contact_reason_name,

        reasons.contact_count,
        cast(reasons.month_contact_count as bigint) as month_contact_count,
        cast(reasons.contact_count as double) / reasons.month_contact_count as contact_share,
        previous.contact_count as previous_contact_count,
        cast(previous.contact_count as double) / previous.month_contact_count
            as previous_contact_share,
        reasons.self_served_count,
        reasons.assisted_count,

        reasons.handle_known_count,
        reasons.handle_seconds,
        reasons.average_handle_time_seconds,
        judged_rates.average_handle_time_status,
        reasons.transferred_count,
        reasons.transfer_known_count,
        reasons.transfer_rate,
        judged_rates.transfer_rate_status,

        reasons.first_contact_resolved_count,
        reasons.first_contact_resolution_eligible_count,
        reasons.first_contact_resolution,
        judged_rates.first_contact_resolution_status,
        reasons.repeat_count,
        reasons.repeat_eligible_count,
        reasons.repeat_contact_rate,
        judged_rates.repeat_contact_rate_status,
        reasons.complaint_count,
        reasons.complaint_known_count,
        reasons.complaint_rate,
        judged_rates.complaint_rate_status,
        reasons.escalated_count,
        reasons.escalated_known_count,
        reasons.escalation_rate,
        judged_rates.escalation_rate_status,

        reasons.satisfied_count,
        reasons.satisfaction_answered_count,
        reasons.customer_satisfaction,
        judged_rates.customer_satisfaction_status
    from reasons
    inner join judged_rates
        on
            reasons.month_start_date = judged_rates.month_start_date
            and reasons.channel_key = judged_rates.channel_key
            and reasons.contact_reason_key = judged_rates.contact_reason_key
    left join reasons as previous
        on
            reasons.month_start_date = previous.month_start_date + interval '1' month
            and reasons.channel_key = previous.channel_key
            and reasons.contact_reason_key = previous.contact_reason_key

)

select * from report_contact_reasons
