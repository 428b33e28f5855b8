-- One row per question of the satisfaction rating of Zendesk: there is one.
with

instances as (

    select distinct source_instance from {{ ref('int_zendesk__satisfaction_events') }}

),

survey_questions as (

    select
        'zendesk' as source_system,
        source_instance,
        'satisfaction_rating' as form_code,
        'score' as question_code,
        'csat' as measure,
        cast(null as string) as wording,
        -- Bad is 0, good is 1.
        cast(0 as decimal(18, 3)) as scale_min,
        cast(1 as decimal(18, 3)) as scale_max,
        true as is_higher_better,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from instances

)

select * from survey_questions
