-- One row per contact reason of the sample.
with

raw_contact_reasons as (

    select * from {{ ref('raw_contact_reasons') }}

),

contact_reasons as (

    select
        contact_reason as contact_reason_code,
        contact_reason_name,
        category
    from raw_contact_reasons

)

select * from contact_reasons
