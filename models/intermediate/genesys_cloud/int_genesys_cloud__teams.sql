-- One row per team that is listed or that a conversation names.
with

directory as (

    select * from {{ ref('stg_genesys_cloud__teams') }}
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
        team_id as id
    from {{ ref('int_genesys_cloud__agent_stretches') }}
    where team_id is not null

),

teams as (

    select
        'genesys_cloud' as source_system,
        named_ids.source_instance,
        named_ids.id as team_code,
        coalesce(directory.name, named_ids.id) as team_name,
        cast(null as string) as department,
        cast(null as string) as site_name,
        cast(null as string) as time_zone
    from named_ids
    left join directory
        on
            named_ids.source_instance = directory.source_instance
            and named_ids.id = directory.id

)

select * from teams
