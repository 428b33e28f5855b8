-- One row per reason that the attribute of some contact holds.
with

contacts as (

    select * from {{ ref('int_amazon_connect__contacts') }}
    where contact_reason_code is not null

),

contact_reasons as (

    select
        source_system,
        source_instance,
        contact_reason_code,
        contact_reason_code as contact_reason_name,
        cast(null as string) as category
    from contacts
    group by source_system, source_instance, contact_reason_code

)

select * from contact_reasons
