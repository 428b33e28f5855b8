-- One row per evaluation in a landed conversation document.
with

evaluations as (

    select
        document_id,
        {{ each_element('evaluations') }} as evaluation
    from {{ ref('base_genesys_cloud__conversations') }}

),

staged_evaluations as (

    select
        document_id,
        evaluation.evaluationId as evaluation_id,
        coalesce(evaluation.contextId, evaluation.formId) as form_id,
        evaluation.formName as form_name,
        evaluation.evaluatorId as evaluator_id,
        evaluation.userId as user_id,
        upper(evaluation.evaluationStatus) as evaluation_status,
        try_cast(evaluation.oTotalScore as decimal(18, 3)) as total_score,
        coalesce(lower(evaluation.deleted) = 'true', false) as is_deleted,
        {{ utc_from_offset_text('evaluation.eventTime') }} as happened_at
    from evaluations

)

select * from staged_evaluations
