-- One row per month, channel and customer segment with surveys or visits to queues.
{%- set judged = [
    'survey_response_rate', 'customer_satisfaction', 'net_promoter_score',
    'customer_effort_score', 'abandonment_rate',
] %}
with

survey_responses as (

    select * from {{ ref('fact_survey_responses') }}

),

dim_customer as (

    select * from {{ ref('dim_customer') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

segment_service as (

    select * from {{ ref('report_segment_service') }}

),

own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

segment_responses as (

    select
        survey_responses.*,
        coalesce(dim_customer.segment, 'unknown') as segment,
        cast(date_trunc('month', survey_responses.contact_date) as date) as month_start_date
    from survey_responses
    inner join dim_customer on survey_responses.customer_key = dim_customer.customer_key

),

answers as (

    select
        v.month_start_date,
        v.channel_key,
        v.segment,
        count(distinct case when v.sent_count = 1 then coalesce(v.contact_key, v.survey_key) end)
            as asked_count,
        sum(v.closed_survey_count) as closed_survey_count,
        sum(v.closed_survey_answered_count) as closed_survey_answered_count,
        {{ survey_response_rate('v') }} as survey_response_rate,
        sum(v.csat_answered_count) as csat_answered_count,
        sum(v.satisfied_count) as satisfied_count,
        {{ customer_satisfaction('v') }} as customer_satisfaction,
        sum(v.nps_answered_count) as nps_answered_count,
        sum(v.promoter_count) as promoter_count,
        sum(v.detractor_count) as detractor_count,
        {{ net_promoter_score('v') }} as net_promoter_score,
        sum(v.ces_answered_count) as ces_answered_count,
        sum(v.easy_count) as easy_count,
        {{ customer_effort_score('v') }} as customer_effort_score
    from segment_responses as v
    group by v.month_start_date, v.channel_key, v.segment

),

segment_visits as (

    select
        *,
        cast(date_trunc('month', offered_date) as date) as month_start_date
    from segment_service

),

visits as (

    select
        v.month_start_date,
        v.channel_key,
        v.segment,
        sum(v.offered_count) as offered_count,
        sum(v.abandonment_eligible_count) as abandonment_eligible_count,
        sum(v.short_abandoned_count) as short_abandoned_count,
        sum(v.abandoned_count) as abandoned_count,
        {{ abandonment_rate('v') }} as abandonment_rate
    from segment_visits as v
    group by v.month_start_date, v.channel_key, v.segment

),

groups as (

    select
        month_start_date,
        channel_key,
        segment
    from answers

    union

    select
        month_start_date,
        channel_key,
        segment
    from visits

),

measures as (

    select
        groups.month_start_date,
        groups.channel_key,
        dim_channel.channel_name,
        groups.segment,
        answers.asked_count,
        answers.closed_survey_count,
        answers.closed_survey_answered_count,
        answers.survey_response_rate,
        answers.csat_answered_count,
        answers.satisfied_count,
        answers.customer_satisfaction,
        answers.nps_answered_count,
        answers.promoter_count,
        answers.detractor_count,
        answers.net_promoter_score,
        answers.ces_answered_count,
        answers.easy_count,
        answers.customer_effort_score,
        visits.offered_count,
        visits.abandonment_eligible_count,
        visits.short_abandoned_count,
        visits.abandoned_count,
        visits.abandonment_rate
    from groups
    inner join dim_channel on groups.channel_key = dim_channel.channel_key
    left join answers
        on
            groups.month_start_date = answers.month_start_date
            and groups.channel_key = answers.channel_key
            and groups.segment = answers.segment
    left join visits
        on
            groups.month_start_date = visits.month_start_date
            and groups.channel_key = visits.channel_key
            and groups.segment = visits.segment

),

kpi_values as (

    {% for kpi in judged -%}
        select
            month_start_date,
            channel_key,
            segment,
            '{{ kpi }}' as kpi_name,
            {{ kpi }} as value
        from measures
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

judged_values as (

    {{ with_own_target('kpi_values', 'month_start_date', 'channel') }}

),

statuses as (

    select
        judged.month_start_date,
        judged.channel_key,
        judged.segment,
        judged.kpi_name,
        {{ target_status('judged.value', 'own_targets.target_low', 'own_targets.target_high') }}
            as target_status
    from judged_values as judged
    left join own_targets on judged.kpi_target_key = own_targets.kpi_target_key

),

statuses_by_group as (

    select
        month_start_date,
        channel_key,
        segment,
        max(case when kpi_name = 'survey_response_rate' then target_status end)
            as survey_response_rate_status,
        max(case when kpi_name = 'customer_satisfaction' then target_status end)
            as customer_satisfaction_status,
        max(case when kpi_name = 'net_promoter_score' then target_status end)
            as net_promoter_score_status,
        max(case when kpi_name = 'customer_effort_score' then target_status end)
            as customer_effort_score_status,
        max(case when kpi_name = 'abandonment_rate' then target_status end)
            as abandonment_rate_status
    from statuses
    group by month_start_date, channel_key, segment

),

report_customer_satisfaction as (

    select
        measures.month_start_date,
        measures.channel_key,
        measures.channel_name,
        measures.segment,
        cast(coalesce(measures.asked_count, 0) as bigint) as asked_count,
        cast(coalesce(measures.closed_survey_count, 0) as bigint) as closed_survey_count,
        cast(coalesce(measures.closed_survey_answered_count, 0) as bigint)
            as closed_survey_answered_count,
        measures.survey_response_rate,
        statuses_by_group.survey_response_rate_status,
        cast(coalesce(measures.csat_answered_count, 0) as bigint) as csat_answered_count,
        cast(coalesce(measures.satisfied_count, 0) as bigint) as satisfied_count,
        measures.customer_satisfaction,
        statuses_by_group.customer_satisfaction_status,
        cast(coalesce(measures.nps_answered_count, 0) as bigint) as nps_answered_count,
        cast(coalesce(measures.promoter_count, 0) as bigint) as promoter_count,
        cast(coalesce(measures.detractor_count, 0) as bigint) as detractor_count,
        measures.net_promoter_score,
        statuses_by_group.net_promoter_score_status,
        cast(coalesce(measures.ces_answered_count, 0) as bigint) as ces_answered_count,
        cast(coalesce(measures.easy_count, 0) as bigint) as easy_count,
        measures.customer_effort_score,
        statuses_by_group.customer_effort_score_status,
        cast(coalesce(measures.offered_count, 0) as bigint) as offered_count,
        cast(coalesce(measures.abandonment_eligible_count, 0) as bigint)
            as abandonment_eligible_count,
        cast(coalesce(measures.short_abandoned_count, 0) as bigint) as short_abandoned_count,
        cast(coalesce(measures.abandoned_count, 0) as bigint) as abandoned_count,
        measures.abandonment_rate,
        statuses_by_group.abandonment_rate_status
    from measures
    inner join statuses_by_group
        on
            measures.month_start_date = statuses_by_group.month_start_date
            and measures.channel_key = statuses_by_group.channel_key
            and measures.segment = statuses_by_group.segment

)

select * from report_customer_satisfaction
