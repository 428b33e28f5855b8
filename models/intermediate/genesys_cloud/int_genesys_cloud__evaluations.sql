-- One row per evaluation of an agent on one conversation, deleted ones left out.
with

evaluations as (

    select * from {{ ref('stg_genesys_cloud__evaluations') }}
    where
        evaluation_id is not null
        and form_id is not null
        and happened_at is not null
        and not is_deleted

),

first_contacts as (

    select * from {{ ref('int_genesys_cloud__contact_outlines') }}
    qualify row_number() over (partition by document_id order by started_at, channel_code) = 1

),

conformed_evaluations as (

    select
        {{ source_key(
            'evaluation',
            'evaluations.evaluation_id',
            'first_contacts.source_system',
            'first_contacts.source_instance'
        ) }} as evaluation_key,
        first_contacts.source_system,
        first_contacts.source_instance,
        evaluations.evaluation_id as source_evaluation_id,
        first_contacts.contact_key,
        evaluations.user_id as agent_code,
        evaluations.evaluator_id as evaluator_code,
        evaluations.form_id as form_code,
        coalesce(evaluations.form_name, evaluations.form_id) as form_name,
        evaluations.total_score,
        coalesce(evaluations.evaluation_status = 'FINISHED', false) as is_completed,
        evaluations.happened_at as evaluated_at,
        cast(null as string) as dq_flag,
        first_contacts.source_file,
        first_contacts.source_row,
        first_contacts.loaded_at
    from evaluations
    inner join first_contacts on evaluations.document_id = first_contacts.document_id
    qualify
        row_number() over (
            partition by first_contacts.source_instance, evaluations.evaluation_id
            order by evaluations.happened_at desc, first_contacts.source_contact_id desc
        ) = 1

)

select * from conformed_evaluations
