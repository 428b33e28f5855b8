-- Every component summed over the intervals of a queue, channel and day is the sum over its visits.
{% set components = visit_counts() + visit_seconds() %}
with

from_intervals as (

    select
        queue_key,
        channel_key,
        offered_date,
        {% for component in components -%}
            sum({{ component }}) as {{ component }},
        {% endfor -%}
        max(longest_wait_seconds) as longest_wait_seconds
    from {{ ref('fact_queue_intervals') }}
    group by queue_key, channel_key, offered_date

),

from_visits as (

    select
        queue_key,
        channel_key,
        offered_date,
        {% for component in components -%}
            sum({{ component }}) as {{ component }},
        {% endfor -%}
        max(longest_wait_seconds) as longest_wait_seconds
    from {{ ref('fact_queue_visits') }}
    group by queue_key, channel_key, offered_date

),

only_in_one as (

    (
        select * from from_intervals
        except
        select * from from_visits
    )
    union all
    (
        select * from from_visits
        except
        select * from from_intervals
    )

)

select * from only_in_one
