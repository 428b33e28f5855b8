-- One row per team, with the two missing members.
with

teams as (

    select * from {{ ref('int_teams') }}

),

keyed_teams as (

    select
        {{ source_key('team', 'team_code') }} as team_key,
        source_system,
        source_instance,
        team_code,
        team_name,
        department,
        site_name,
        time_zone
    from teams

),

dim_team as (

    select * from keyed_teams

    union all

    select
        -1 as team_key,
        'none' as source_system,
        'none' as source_instance,
        'none' as team_code,
        'Unassigned' as team_name,
        null as department,
        null as site_name,
        null as time_zone

    union all

    select
        -2 as team_key,
        'none' as source_system,
        'none' as source_instance,
        'unknown' as team_code,
        'Unknown team' as team_name,
        null as department,
        null as site_name,
        null as time_zone

)

select * from dim_team
