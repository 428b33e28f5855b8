-- One row per measure, scale of a survey and span of time in which the limits of the scale hold.
with

survey_scales as (

    select * from {{ ref('survey_scales') }}

),

int_survey_scales as (

    select
        measure,
        scale_min,
        scale_max,
        favorable_from,
        unfavorable_to,
        cast(valid_from as timestamp) as valid_from,
        {{ valid_to(['measure', 'scale_min', 'scale_max']) }} as valid_to
    from survey_scales

)

select * from int_survey_scales
