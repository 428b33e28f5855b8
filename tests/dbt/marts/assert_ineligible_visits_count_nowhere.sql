-- A visit that is excluded or outbound has 0 in every component, a callback in all but its own,
-- and any other visit has 0 in those of callbacks.
{%- set own_components = [
    'callback_count', 'callback_reached_count', 'callback_failed_count', 'callback_wait_seconds'
] %}
select visit_key
from {{ ref('fact_queue_visits') }}
where
    (is_excluded or direction <> 'inbound' or visit_type = 'callback')
    and (
        longest_wait_seconds is not null
        {% for component in visit_counts() + visit_seconds() if component not in own_components -%}
            or {{ component }} <> 0
        {% endfor %}
    )
    or (is_excluded or direction <> 'inbound' or visit_type <> 'callback')
    and (
        {% for component in own_components -%}
            {{ component }} <> 0 {% if not loop.last %}or{% endif %}
        {% endfor %}
    )
