-- No invitation and no answered question is lost on the way to the responses.
with

surveys_and_questions as (

    select
        survey_key,
        question_code
    from {{ ref('int_survey_answers') }}

    union

    select
        int_survey_invitations.survey_key,
        int_survey_questions.question_code
    from {{ ref('int_survey_invitations') }}
    inner join {{ ref('int_survey_questions') }}
        on
            int_survey_invitations.source_system = int_survey_questions.source_system
            and int_survey_invitations.source_instance = int_survey_questions.source_instance
            and int_survey_invitations.form_code = int_survey_questions.form_code

),

responses as (

    select
        survey_key,
        question_code
    from {{ ref('fact_survey_responses') }}

)

select surveys_and_questions.*
from surveys_and_questions
left join responses
    on
        surveys_and_questions.survey_key = responses.survey_key
        and surveys_and_questions.question_code = responses.question_code
where responses.survey_key is null
