-- One row per survey in which the customer said how likely a recommendation is.
with

survey_invitations as (

    select * from {{ ref('int_genesys_cloud__survey_invitations') }}
    where promoter_score is not null

),

survey_answers as (

    select
        source_system,
        source_instance,
        concat_ws('.', source_survey_id, 'promoter') as source_answer_id,
        survey_key,
        'promoter' as question_code,
        promoter_score as score,
        coalesce(completed_at, sent_at) as answered_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from survey_invitations

)

select * from survey_answers
