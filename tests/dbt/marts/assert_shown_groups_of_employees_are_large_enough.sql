-- No group of employees that can be told apart, by itself or as what is left over, is a small one.
{% set small = number_of('small_group_size') %}
with

responses as (

    select * from {{ ref('fact_employee_survey_responses') }}
    where answered_count = 1

),

groups as (

    select
        source_system,
        source_instance,
        wave,
        measure,
        site_name,
        team_key,
        count(*) as answers
    from responses
    group by source_system, source_instance, wave, measure, site_name, team_key

)

select *
from groups
where answers < {{ small }}
