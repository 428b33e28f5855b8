-- One row per contact reason that the files describe or only name.
with

contact_reasons as (

    select * from {{ ref('stg_files__contact_reasons') }}
    where row_status = 'used'

),

named_codes as (

    select
        source_instance,
        contact_reason_code
    from {{ ref('stg_files__contacts') }}
    where row_status = 'used' and contact_reason_code is not null

    union

    select
        source_instance,
        contact_reason_code
    from {{ ref('stg_files__tickets') }}
    where row_status = 'used' and contact_reason_code is not null

),

-- A reason that no row describes is called by its code.
described_and_named_reasons as (

    select
        'files' as source_system,
        coalesce(contact_reasons.source_instance, named_codes.source_instance) as source_instance,
        coalesce(contact_reasons.contact_reason_code, named_codes.contact_reason_code)
            as contact_reason_code,
        coalesce(
            contact_reasons.contact_reason_name,
            contact_reasons.contact_reason_code,
            named_codes.contact_reason_code
        ) as contact_reason_name,
        contact_reasons.category
    from contact_reasons
    full outer join named_codes
        on
            contact_reasons.source_instance = named_codes.source_instance
            and contact_reasons.contact_reason_code = named_codes.contact_reason_code

)

select * from described_and_named_reasons
