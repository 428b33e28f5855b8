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
        surveys.document_id,
        nullif(trim(surveys.survey.{{ 'surveyId' }}), '') as survey_id,
        coalesce(
            surveys.survey.{{ 'surveyFormContextId' }}, surveys.survey.{{ 'surveyFormId' }}
        ) as form_id,
        upper(surveys.survey.{{ 'surveyStatus' }}) as survey_status,
        try_cast(surveys.survey.{{ 'surveyPromoterScore' }} as decimal(18, 3)) as promoter_score,
        {{ utc_from_offset_text('surveys.survey.eventTime') }} as happened_at,
        {{ utc_from_offset_text('surveys.survey.surveyCompletedDate') }} as completed_at
    from surveys

)

select * from staged_surveys
