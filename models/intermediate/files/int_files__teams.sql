-- One row per team of the files.
with

teams as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__teams') }}
    where row_status = 'used'

),

named_teams as (

    select
        source_system,
        source_instance,
        team_code,
        coalesce(team_name, team_code) as team_name,
        department,
        site_name,
        time_zone
    from teams

)

select * from named_teams
