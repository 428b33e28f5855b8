-- One row per contact of the files that an agent or a speech analysis judged.
with

contact_assessments as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__contact_assessments') }}
    where row_status = 'used'

),

keyed_assessments as (

    select
        {{ source_key('contact', 'contact_id') }} as contact_key,
        source_system,
        source_instance,
        is_resolved,
        is_complaint,
        is_escalated,
        tried_self_service,
        sentiment_score,
        noted_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from contact_assessments

)

select * from keyed_assessments
