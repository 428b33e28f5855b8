-- One row per group of Zendesk, as the team of its agents.
with

groups as (

    select * from {{ ref('stg_zendesk__group') }}
    where row_status = 'used'

),

teams as (

    select
        'zendesk' as source_system,
        source_instance,
        source_group_id as team_code,
        coalesce(group_name, source_group_id) as team_name,
        cast(null as string) as department,
        cast(null as string) as site_name,
        cast(null as string) as time_zone
    from groups

)

select * from teams
