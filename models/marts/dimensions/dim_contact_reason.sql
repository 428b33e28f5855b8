-- One row per contact reason, with the two missing members.
with

contact_reasons as (

    select * from {{ ref('int_contact_reasons') }}

),

keyed_reasons as (

    select
        {{ source_key('contact_reason', 'contact_reason_code') }} as contact_reason_key,
        source_system,
        source_instance,
        contact_reason_code,
        contact_reason_name,
        category
    from contact_reasons

),

dim_contact_reason as (

    select * from keyed_reasons

    union all

    select
        -1 as contact_reason_key,
        'none' as source_system,
        'none' as source_instance,
        'none' as contact_reason_code,
        'Not applicable' as contact_reason_name,
        null as category

    union all

    select
        -2 as contact_reason_key,
        'none' as source_system,
        'none' as source_instance,
        'unknown' as contact_reason_code,
        'Unknown' as contact_reason_name,
        null as category

)

select * from dim_contact_reason
