-- One row per question of the sample's survey forms and span of time on one scale.
with

raw_survey_questions as (

    select * from {{ ref('raw_survey_questions') }}

),

survey_questions as (

    select
        form_id as form_code,
        question_id as question_code,
        lower(measure) as measure,
        wording,
        try_cast(scale_min as decimal(18, 3)) as scale_min,
        try_cast(scale_max as decimal(18, 3)) as scale_max,
        lower(better) = 'high' as is_higher_better,
        {{ utc_from_offset_text('valid_from') }} as valid_from,
        {{ utc_from_offset_text('valid_to') }} as valid_to
    from raw_survey_questions

)

select * from survey_questions
