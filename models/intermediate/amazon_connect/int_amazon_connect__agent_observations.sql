-- One row per event or contact record that shows an agent, with the team as it was then.
{%- set seen = [
    {
        'relation': 'stg_amazon_connect__agent_events',
        'name': 'coalesce(agent_name, agent_username)',
        'at': 'event_at',
        'condition': 'has_configuration',
    },
    {
        'relation': 'stg_amazon_connect__contact_records',
        'name': 'agent_username',
        'at': 'coalesce(connected_to_agent_at, initiated_at)',
        'condition': 'agent_code is not null',
    },
] %}

with

-- The team is the group on the lowest level that the agent belongs to.
agent_observations as (
    {% for place in seen %}
        select
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
            {{ place.name }} as agent_name,
            {{ loop.first }} as is_event,
            {{ place.at }} as observed_at
        from {{ ref(place.relation) }}
        where row_status = 'used' and {{ place.condition }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select * from agent_observations
