-- One row per group of the agent hierarchy that some agent belongs to directly.
with

agent_observations as (

    select * from {{ ref('int_amazon_connect__agent_observations') }}
    where team_code is not null

),

teams as (

    select
        'amazon_connect' as source_system,
        source_instance,
        team_code,
        max_by(team_name, observed_at) as team_name,
        max_by(department, case when department is not null then observed_at end) as department,
        cast(null as string) as site_name,
        cast(null as string) as time_zone
    from agent_observations
    group by source_instance, team_code

)

select * from teams
