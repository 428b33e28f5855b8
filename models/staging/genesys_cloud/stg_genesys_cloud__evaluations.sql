-- One row per evaluation in a landed conversation document.
{%- set texts = {
    'evaluation_id': 'evaluationId', 'form_context_id': 'contextId', 'form_version_id': 'formId',
    'form_name': 'formName', 'evaluator_id': 'evaluatorId', 'user_id': 'userId',
    'status_text': 'evaluationStatus', 'score_text': 'oTotalScore', 'deleted_text': 'deleted',
    'happened_at_text': 'eventTime',
} %}

with

evaluations as (

    select
        document_id,
        {{ each_element('evaluations') }} as evaluation
    from {{ ref('base_genesys_cloud__conversations') }}

),

flat_evaluations as (

    select
        {%- for name, key in texts.items() %}
            nullif(trim({{ value_at('evaluations.evaluation', key) }}), '') as {{ name }},
        {%- endfor %}
        evaluations.document_id
    from evaluations

),

staged_evaluations as (

    select
        document_id,
        evaluation_id,
        form_name,
        evaluator_id,
        user_id,
        coalesce(form_context_id, form_version_id) as form_id,
        upper(status_text) as evaluation_status,
        try_cast(score_text as decimal(18, 3)) as total_score,
        coalesce(lower(deleted_text) = 'true', false) as is_deleted,
        {{ utc_from_offset_text('happened_at_text') }} as happened_at
    from flat_evaluations

)

select * from staged_evaluations
