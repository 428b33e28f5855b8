-- One row per answer of the files to one question of a survey.
with

survey_answers as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__survey_answers') }}
    where row_status = 'used'

),

keyed_answers as (

    select
        *,
        {{ source_key('survey', 'survey_id') }} as survey_key,
        answer_id as source_answer_id
    from survey_answers

)

select * from keyed_answers
