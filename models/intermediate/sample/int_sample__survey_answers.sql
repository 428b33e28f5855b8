-- One row per answer of the sample to one question of a survey.
with

survey_answers as (

    select
        'sample' as source_system,
        'default' as source_instance,
        *
    from {{ ref('stg_sample__survey_answers') }}
    where row_status = 'used'

),

keyed_answers as (

    select
        source_system,
        source_instance,
        source_answer_id,
        {{ source_key('survey', 'source_survey_id') }} as survey_key,
        question_code,
        score,
        answered_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from survey_answers

)

select * from keyed_answers
