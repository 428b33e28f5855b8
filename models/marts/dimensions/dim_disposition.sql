-- One row per wrap-up code and span of time in one category, with uncoded and missing members.
with

disposition_codes as (

    select * from {{ ref('int_disposition_codes') }}

),

keyed_dispositions as (

    select
        {{ surrogate_key(["'disposition'", 'source_system', 'source_instance', 'disposition_code',
                          'cast(valid_from as string)']) }} as disposition_key,
        source_system,
        source_instance,
        disposition_code,
        disposition_name,
        coalesce(category, 'None') as category,
        valid_to = timestamp '9999-12-31 00:00:00' as is_current,
        valid_from,
        valid_to
    from disposition_codes

),

-- Uncoded says that the agent set no code, which is a finding and not a gap in the data.
members_of_no_source as (

    select
        {{ reference_key('disposition', "'uncoded'") }} as disposition_key,
        'uncoded' as disposition_code,
        'Uncoded' as disposition_name,
        'Uncoded' as category

    union all

    select
        -1 as disposition_key,
        'none' as disposition_code,
        'Not applicable' as disposition_name,
        'None' as category

    union all

    select
        -2 as disposition_key,
        'unknown' as disposition_code,
        'Unknown' as disposition_name,
        'Unknown' as category

),

dim_disposition as (

    select * from keyed_dispositions

    union all

    select
        disposition_key,
        'none' as source_system,
        'none' as source_instance,
        disposition_code,
        disposition_name,
        category,
        true as is_current,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from members_of_no_source

)

select * from dim_disposition
