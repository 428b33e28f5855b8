-- One row per month, way of grouping contacts (resolution, segment, channel), and group.
{%- set kinds = ['resolution', 'segment', 'channel'] %}
with

survey_responses as (

    select * from {{ ref('fact_survey_responses') }}

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

dim_customer as (

    select * from {{ ref('dim_customer') }}

),

grouped_responses as (

    select
        survey_responses.*,
        cast(date_trunc('month', survey_responses.contact_date) as date) as month_start_date,
        case
            when contacts.resolved_count = 1 then 'resolved'
            when contacts.resolved_known_count = 1 then 'not resolved'
            else 'not judged'
        end as resolution,
        coalesce(dim_customer.segment, 'unknown') as segment,
        survey_responses.channel_name as channel
    from survey_responses
    inner join dim_customer on survey_responses.customer_key = dim_customer.customer_key
    left join contacts on survey_responses.contact_key = contacts.contact_key

),

groups as (

    {% for kind in kinds -%}
        select
            v.month_start_date,
            '{{ kind }}' as grouping_kind,
            v.{{ kind }} as group_name,
            sum(v.closed_survey_count) as closed_survey_count,
            sum(v.closed_survey_answered_count) as closed_survey_answered_count,
            {{ survey_response_rate('v') }} as survey_response_rate,
            sum(v.csat_answered_count) as csat_answered_count,
            sum(v.satisfied_count) as satisfied_count,
            {{ customer_satisfaction('v') }} as customer_satisfaction
        from grouped_responses as v
        group by v.month_start_date, v.{{ kind }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

report_survey_response as (

    select
        month_start_date,
        grouping_kind,
        group_name,
        cast(closed_survey_count as bigint) as closed_survey_count,
        cast(closed_survey_answered_count as bigint) as closed_survey_answered_count,
        survey_response_rate,
        cast(closed_survey_count as double)
        / nullif(sum(closed_survey_count) over per_month, 0) as asked_share,
        cast(closed_survey_answered_count as double)
        / nullif(sum(closed_survey_answered_count) over per_month, 0) as answered_share,
        cast(csat_answered_count as bigint) as csat_answered_count,
        cast(satisfied_count as bigint) as satisfied_count,
        customer_satisfaction
    from groups
    window per_month as (partition by month_start_date, grouping_kind)

)

select * from report_survey_response
