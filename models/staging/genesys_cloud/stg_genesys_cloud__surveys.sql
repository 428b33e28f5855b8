-- One row per survey in a landed conversation document.
with

surveys as (

    select
        document_id,
        {{ each_element('surveys') }} as survey
    from {{ ref('base_genesys_cloud__conversations') }}

),

staged_surveys as (

    select
        document_id,
        survey.surveyId as survey_id,
        coalesce(survey.surveyFormContextId, survey.surveyFormId) as form_id,
        upper(survey.surveyStatus) as survey_status,
        try_cast(survey.surveyPromoterScore as decimal(18, 3)) as promoter_score,
        {{ utc_from_offset_text('survey.eventTime') }} as happened_at,
        {{ utc_from_offset_text('survey.surveyCompletedDate') }} as completed_at
    from surveys

)

select * from staged_surveys
