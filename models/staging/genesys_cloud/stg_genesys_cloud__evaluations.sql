-- One row per evaluation in a landed conversation document.
{%- set texts = {
    'evaluation_id': 'evaluationId', 'form_name': 'formName', 'evaluator_id': 'evaluatorId',
    'user_id': 'userId',
} %}

with

evaluations as (

    select
        document_id,
        {{ each_element('evaluations') }} as evaluation
    from {{ ref('base_genesys_cloud__conversations') }}

),

staged_evaluations as (

    select
        evaluations.document_id,
        {%- for name, key in texts.items() %}
            nullif(trim(evaluations.evaluation.{{ key }}), '') as {{ name }},
        {%- endfor %}
        coalesce(evaluations.evaluation.{{ 'contextId' }}, evaluations.evaluation.{{ 'formId' }})
            as form_id,
        upper(evaluations.evaluation.{{ 'evaluationStatus' }}) as evaluation_status,
        try_cast(evaluations.evaluation.{{ 'oTotalScore' }} as decimal(18, 3)) as total_score,
        coalesce(lower(evaluations.evaluation.{{ 'deleted' }}) = 'true', false) as is_deleted,
        {{ utc_from_offset_text('evaluations.evaluation.eventTime') }} as happened_at
    from evaluations

)

select * from staged_evaluations
