-- One row per team of the sample, with its site.
with

raw_teams as (

    select * from {{ ref('raw_teams') }}

),

raw_sites as (

    select * from {{ ref('raw_sites') }}

),

teams as (

    select
        raw_teams.team_id as team_code,
        raw_teams.team_name,
        raw_teams.department,
        raw_sites.site_name,
        raw_sites.time_zone
    from raw_teams
    left join raw_sites on raw_teams.site_id = raw_sites.site_id

)

select * from teams
