-- A visit that is excluded, outbound or a callback has 0 in every component.
select visit_key
from {{ ref('fact_queue_visits') }}
where
    (is_excluded or direction <> 'inbound' or visit_type = 'callback')
    and (
        longest_wait_seconds is not null
        {% for component in visit_counts() + visit_seconds() -%}
            or {{ component }} <> 0
        {% endfor %}
    )
