-- One row per wrap-up code that is listed or that a conversation names.
with

directory as (

    select * from {{ ref('stg_genesys_cloud__wrapup_codes') }}
    where row_status = 'used'

),

named_ids as (

    select
        source_instance,
        id
    from directory

    union

    select
        source_instance,
        wrap_up_code as id
    from {{ ref('int_genesys_cloud__codes') }}
    where wrap_up_code is not null

),

disposition_codes as (

    select
        'genesys_cloud' as source_system,
        named_ids.source_instance,
        named_ids.id as disposition_code,
        coalesce(directory.name, named_ids.id) as disposition_name,
        cast(null as string) as category,
        timestamp '1900-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from named_ids
    left join directory
        on
            named_ids.source_instance = directory.source_instance
            and named_ids.id = directory.id

)

select * from disposition_codes
