-- One row per contact reason of the sample.
with

contact_reasons as (

    select * from {{ ref('stg_sample__contact_reasons') }}

),

identified_contact_reasons as (

    select
        'sample' as source_system,
        'default' as source_instance,
        contact_reason_code,
        contact_reason_name,
        category
    from contact_reasons

)

select * from identified_contact_reasons
