-- Promoters, passives and detractors are the answers, and nobody answers who was not asked.
with

counts as (

    select
        'fact_survey_responses' as fact,
        sent_count,
        answered_count,
        csat_answered_count,
        satisfied_count,
        nps_answered_count,
        promoter_count,
        passive_count,
        detractor_count,
        ces_answered_count,
        easy_count,
        resolved_answered_count,
        resolved_yes_count
    from {{ ref('fact_survey_responses') }}

    union all

    select
        'fact_survey_months' as fact,
        sent_count,
        answered_count,
        csat_answered_count,
        satisfied_count,
        nps_answered_count,
        promoter_count,
        passive_count,
        detractor_count,
        ces_answered_count,
        easy_count,
        resolved_answered_count,
        resolved_yes_count
    from {{ ref('fact_survey_months') }}

)

select *
from counts
where
    promoter_count + passive_count + detractor_count <> nps_answered_count
    or csat_answered_count
    + nps_answered_count
    + ces_answered_count
    + resolved_answered_count
    <> answered_count
    or answered_count > sent_count
    or satisfied_count > csat_answered_count
    or easy_count > ces_answered_count
    or resolved_yes_count > resolved_answered_count
