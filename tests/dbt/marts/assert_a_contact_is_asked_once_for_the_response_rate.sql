-- A contact is in the response rate at most once, and answers there only what it was asked.
select contact_key
from {{ ref('fact_survey_responses') }}
where contact_key >= 0
group by contact_key
having
    sum(closed_survey_count) > 1
    or sum(closed_survey_answered_count) > sum(closed_survey_count)
    or sum(closed_survey_answered_count) > sum(answered_count)
