-- One row per team of the sample.
with

teams as (

    select * from {{ ref('stg_sample__teams') }}

),

identified_teams as (

    select
        'sample' as source_system,
        'default' as source_instance,
        team_code,
        team_name,
        department,
        site_name,
        time_zone
    from teams

)

select * from identified_teams
