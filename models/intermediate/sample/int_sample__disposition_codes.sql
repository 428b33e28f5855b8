-- One row per wrap-up code of the sample and span of time in one category, without gaps.
with

disposition_codes as (

    select * from {{ ref('stg_sample__disposition_codes') }}

),

spans_without_gaps as (

    select
        'sample' as source_system,
        'default' as source_instance,
        disposition_code,
        disposition_name,
        category,
        -- A code set before its first entry belongs to the first category it had.
        case
            when row_number() over (partition by disposition_code order by valid_from) = 1
                then timestamp '1900-01-01 00:00:00'
            else valid_from
        end as valid_from,
        {{ valid_to(['disposition_code']) }} as valid_to
    from disposition_codes

)

select * from spans_without_gaps
