-- One row per queue that is listed or that a conversation names.
with

directory as (

    select * from {{ ref('stg_genesys_cloud__queues') }}
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
        queue_id as id
    from {{ ref('int_genesys_cloud__session_stretches') }}
    where queue_id is not null

),

queues as (

    select
        'genesys_cloud' as source_system,
        named_ids.source_instance,
        named_ids.id as queue_code,
        coalesce(directory.name, named_ids.id) as queue_name,
        cast(null as string) as time_zone,
        cast(null as string) as calendar_code
    from named_ids
    left join directory
        on
            named_ids.source_instance = directory.source_instance
            and named_ids.id = directory.id

)

select * from queues
