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

    select -1, 'none', 'none', 'none', 'Not applicable', null

    union all

    select -2, 'none', 'none', 'unknown', 'Unknown', null

)

select * from dim_contact_reason
