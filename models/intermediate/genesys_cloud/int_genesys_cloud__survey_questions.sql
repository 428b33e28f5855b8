-- One row per survey form that asked how likely customers are to recommend.
with

survey_invitations as (

    select * from {{ ref('int_genesys_cloud__survey_invitations') }}

),

survey_questions as (

    select
        source_system,
        source_instance,
        form_code,
        'promoter' as question_code,
        'nps' as measure,
        'Likelihood to recommend' as wording,
        cast(0 as decimal(18, 3)) as scale_min,
        cast(10 as decimal(18, 3)) as scale_max,
        true as is_higher_better,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from survey_invitations
    group by source_system, source_instance, form_code
    having max(promoter_score) is not null

)

select * from survey_questions
