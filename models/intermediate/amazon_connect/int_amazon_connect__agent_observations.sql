-- One row per event or contact record that shows an agent, with the team as it was then.
{%- set columns %}
        source_instance,
        agent_code,
        coalesce(
            {%- for level in range(5, 0, -1) %}
                group_{{ level }}_code{{ ',' if not loop.last }}
            {%- endfor %}
        ) as team_code,
        case
            {%- for level in range(5, 0, -1) %}
                when group_{{ level }}_code is not null
                    then coalesce(group_{{ level }}_name, group_{{ level }}_code)
            {%- endfor %}
        end as team_name,
        case
            {%- for level in range(5, 1, -1) %}
                when group_{{ level }}_code is not null then group_{{ level - 1 }}_name
            {%- endfor %}
        end as department,
{%- endset %}

with

agent_events as (

    select * from {{ ref('stg_amazon_connect__agent_events') }}
    where row_status = 'used' and has_configuration

),

contact_records as (

    select * from {{ ref('stg_amazon_connect__contact_records') }}
    where row_status = 'used' and agent_code is not null

),

agent_observations as (

    -- The team is the group on the lowest level that the agent belongs to.
    select
        {{- columns }}
        coalesce(agent_name, agent_username) as agent_name,
        true as is_event,
        event_at as observed_at
    from agent_events

    union all

    select
        {{- columns }}
        agent_username as agent_name,
        false as is_event,
        coalesce(connected_to_agent_at, initiated_at) as observed_at
    from contact_records

)

select * from agent_observations
