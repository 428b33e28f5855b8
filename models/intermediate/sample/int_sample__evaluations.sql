-- One row per evaluation of an agent of the sample on one contact.
with

evaluations as (

    select
        'sample' as source_system,
        'default' as source_instance,
        *
    from {{ ref('stg_sample__evaluations') }}
    where row_status = 'used'

),

evaluation_forms as (

    select * from {{ ref('stg_sample__evaluation_forms') }}

),

keyed_evaluations as (

    select
        {{ source_key('evaluation', 'evaluations.source_evaluation_id') }} as evaluation_key,
        evaluations.source_system,
        evaluations.source_instance,
        evaluations.source_evaluation_id,
        case
            when evaluations.source_contact_id is not null
                then {{ source_key('contact', 'evaluations.source_contact_id') }}
        end as contact_key,
        evaluations.agent_code,
        evaluations.evaluator_code,
        evaluations.form_code,
        coalesce(evaluation_forms.form_name, evaluations.form_code) as form_name,
        coalesce(evaluations.status = 'COMPLETED', false) as is_completed,
        evaluations.evaluated_at,
        cast(null as string) as dq_flag,
        evaluations.source_file,
        evaluations.source_row,
        evaluations.loaded_at
    from evaluations
    left join evaluation_forms on evaluations.form_code = evaluation_forms.form_code

)

select * from keyed_evaluations
