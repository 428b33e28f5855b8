-- Each contact is asked at most once and answers at most once per measure.
select
    contact_key,
    measure
from {{ ref('fact_survey_responses') }}
where contact_key >= 0
group by contact_key, measure
having sum(sent_count) > 1 or sum(answered_count) > 1
