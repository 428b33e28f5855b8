-- One row per wrap-up code of the sample and span of time in one category.
with

raw_disposition_codes as (

    select * from {{ ref('raw_disposition_codes') }}

),

disposition_codes as (

    select
        upper(code) as disposition_code,
        name as disposition_name,
        category,
        {{ utc_from_offset_text('valid_from') }} as valid_from,
        {{ utc_from_offset_text('valid_to') }} as valid_to
    from raw_disposition_codes

)

select * from disposition_codes
