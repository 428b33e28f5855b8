-- One row per wrap-up code of the files and span of time in one category.
with

disposition_codes as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__disposition_codes') }}
    where row_status = 'used'

),

code_spans as (

    select
        source_system,
        source_instance,
        disposition_code,
        coalesce(disposition_name, disposition_code) as disposition_name,
        category,
        valid_from,
        {{ valid_to(['source_instance', 'disposition_code']) }} as valid_to
    from disposition_codes

)

select * from code_spans
