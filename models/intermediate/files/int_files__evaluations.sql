-- One row per evaluation of an agent of the files on one contact.
with

evaluations as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__evaluations') }}
    where row_status = 'used'

),

keyed_evaluations as (

    select
        source_system,
        source_instance,
        {{ source_key('evaluation', 'evaluation_id') }} as evaluation_key,
        evaluation_id as source_evaluation_id,
        case when contact_id is not null then {{ source_key('contact', 'contact_id') }} end
            as contact_key,
        agent_code,
        evaluator_code,
        form_code,
        coalesce(form_name, form_code) as form_name,
        is_completed,
        evaluated_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from evaluations

)

select * from keyed_evaluations
