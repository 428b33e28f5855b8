-- One row per question of the sample's survey forms and span of time on one scale.
with

survey_questions as (

    select * from {{ ref('stg_sample__survey_questions') }}

),

identified_questions as (

    select
        'sample' as source_system,
        'default' as source_instance,
        form_code,
        question_code,
        measure,
        wording,
        scale_min,
        scale_max,
        is_higher_better,
        valid_from,
        coalesce(valid_to, timestamp '9999-12-31 00:00:00') as valid_to
    from survey_questions

)

select * from identified_questions
