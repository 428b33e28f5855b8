-- One row per contact of the sample that an agent or a speech analysis judged.
with

contact_notes as (

    select
        'sample' as source_system,
        'default' as source_instance,
        *
    from {{ ref('stg_sample__contact_notes') }}
    where row_status = 'used'

),

keyed_notes as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
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
    from contact_notes

)

select * from keyed_notes
