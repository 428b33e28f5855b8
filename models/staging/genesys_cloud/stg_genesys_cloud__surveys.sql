-- One row per survey in a landed conversation document.
{%- set texts = {
    'survey_id': 'surveyId', 'form_context_id': 'surveyFormContextId',
    'form_version_id': 'surveyFormId', 'status_text': 'surveyStatus',
    'score_text': 'surveyPromoterScore', 'happened_at_text': 'eventTime',
    'completed_at_text': 'surveyCompletedDate',
} %}

with

surveys as (

    select
        document_id,
        {{ each_element('surveys') }} as survey
    from {{ ref('base_genesys_cloud__conversations') }}

),

flat_surveys as (

    select
        {%- for name, key in texts.items() %}
            nullif(trim({{ value_at('surveys.survey', key) }}), '') as {{ name }},
        {%- endfor %}
        surveys.document_id
    from surveys

),

staged_surveys as (

    select
        document_id,
        survey_id,
        coalesce(form_context_id, form_version_id) as form_id,
        upper(status_text) as survey_status,
        try_cast(score_text as decimal(18, 3)) as promoter_score,
        {{ utc_from_offset_text('happened_at_text') }} as happened_at,
        {{ utc_from_offset_text('completed_at_text') }} as completed_at
    from flat_surveys

)

select * from staged_surveys
