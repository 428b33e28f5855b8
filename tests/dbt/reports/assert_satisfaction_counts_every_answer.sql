-- Every answer is in one row of report_customer_satisfaction, and in one of each way of grouping.
with

answers as (

    select
        sum(csat_answered_count) as csat_answered_count,
        sum(satisfied_count) as satisfied_count,
        sum(closed_survey_answered_count) as closed_survey_answered_count
    from {{ ref('fact_survey_responses') }}

),

reported as (

    select
        'report_customer_satisfaction' as relation,
        sum(csat_answered_count) as csat_answered_count,
        sum(satisfied_count) as satisfied_count,
        sum(closed_survey_answered_count) as closed_survey_answered_count
    from {{ ref('report_customer_satisfaction') }}

    union all

    select
        grouping_kind as relation,
        sum(csat_answered_count) as csat_answered_count,
        sum(satisfied_count) as satisfied_count,
        sum(closed_survey_answered_count) as closed_survey_answered_count
    from {{ ref('report_survey_response') }}
    group by grouping_kind

)

select reported.relation
from answers
cross join reported
where
    answers.csat_answered_count <> reported.csat_answered_count
    or answers.satisfied_count <> reported.satisfied_count
    or answers.closed_survey_answered_count <> reported.closed_survey_answered_count
