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

    select -1, 'none', 'none', 'none', 'Unassigned', null, null, null

    union all

    select -2, 'none', 'none', 'unknown', 'Unknown team', null, null, null

)

select * from dim_team
