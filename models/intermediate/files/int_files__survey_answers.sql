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
        source_system,
        source_instance,
        answer_id as source_answer_id,
        {{ source_key('survey', 'survey_id') }} as survey_key,
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
