-- One row per customer who shows several signs of leaving in the last days of the data.
with

contacts as (

    select * from {{ ref('fact_contacts') }}
    where
        contact_count = 1
        and customer_key >= 0
        and started_at >= as_of - interval '{{ number_of("churn_risk_days") }}' day

),

survey_responses as (

    select * from {{ ref('fact_survey_responses') }}
    where csat_answered_count = 1 or nps_answered_count = 1

),

dim_customer as (

    select * from {{ ref('dim_customer') }}

),

dissatisfied_contacts as (

    select
        contact_key,
        sum(csat_answered_count - satisfied_count) as dissatisfied_count,
        sum(detractor_count) as detractor_count
    from survey_responses
    where satisfied_count < csat_answered_count or detractor_count = 1
    group by contact_key

),

signs as (

    select
        contacts.customer_key,
        {{ value_at_last(
            'contacts.source_contact_id', '(contacts.started_at, contacts.contact_key)'
        ) }} as last_source_contact_id,
        max(contacts.started_at) as last_contact_at,
        max(contacts.as_of) as as_of,
        count(*) as contact_count,
        sum(contacts.repeat_count) as repeat_count,
        sum(
            case
                when contacts.outcome = 'abandoned' or contacts.is_abandoned_after_transfer then 1
                else 0
            end
        ) as abandoned_count,
        sum(case when contacts.is_resolved then 0 else contacts.resolved_known_count end)
            as unresolved_count,
        sum(contacts.complaint_count) as complaint_count,
        sum(contacts.escalated_count) as escalated_count,
        sum(coalesce(dissatisfied_contacts.dissatisfied_count, 0)) as dissatisfied_count,
        sum(coalesce(dissatisfied_contacts.detractor_count, 0)) as detractor_count
    from contacts
    left join dissatisfied_contacts on contacts.contact_key = dissatisfied_contacts.contact_key
    group by contacts.customer_key

),

kinds_of_signs as (

    select
        *,
        case when repeat_count > 0 then 1 else 0 end
        + case when abandoned_count > 0 then 1 else 0 end
        + case when unresolved_count > 0 then 1 else 0 end
        + case when complaint_count > 0 then 1 else 0 end
        + case when escalated_count > 0 then 1 else 0 end
        + case when dissatisfied_count > 0 then 1 else 0 end
        + case when detractor_count > 0 then 1 else 0 end as sign_count
    from signs

),

report_churn_risk as (

    select
        kinds_of_signs.customer_key,
        dim_customer.source_system,
        dim_customer.source_instance,
        kinds_of_signs.last_source_contact_id,
        dim_customer.segment,
        dim_customer.market,
        kinds_of_signs.sign_count,
        cast(kinds_of_signs.contact_count as int) as contact_count,
        cast(kinds_of_signs.repeat_count as int) as repeat_count,
        cast(kinds_of_signs.abandoned_count as int) as abandoned_count,
        cast(kinds_of_signs.unresolved_count as int) as unresolved_count,
        cast(kinds_of_signs.complaint_count as int) as complaint_count,
        cast(kinds_of_signs.escalated_count as int) as escalated_count,
        cast(kinds_of_signs.dissatisfied_count as int) as dissatisfied_count,
        cast(kinds_of_signs.detractor_count as int) as detractor_count,
        {{ number_of('churn_risk_signs') }} as rule_minimum_sign_count,
        {{ number_of('churn_risk_days') }} as rule_days,
        dim_customer.is_listed,
        dim_customer.customer_since,
        kinds_of_signs.last_contact_at,
        kinds_of_signs.as_of
    from kinds_of_signs
    inner join dim_customer on kinds_of_signs.customer_key = dim_customer.customer_key
    where
        kinds_of_signs.sign_count >= {{ number_of('churn_risk_signs') }}
        and dim_customer.churned_on is null

)

select * from report_churn_risk
