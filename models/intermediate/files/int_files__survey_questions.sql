-- One row per question of a survey form of the files and span of time on one scale.
with

survey_questions as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__survey_questions') }}
    where row_status = 'used'

),

question_spans as (

    select
        source_system,
        source_instance,
        form_code,
        question_code,
        measure,
        wording,
        scale_min,
        scale_max,
        is_higher_better,
        valid_from,
        {{ valid_to(['source_instance', 'form_code', 'question_code']) }} as valid_to
    from survey_questions

)

select * from question_spans
