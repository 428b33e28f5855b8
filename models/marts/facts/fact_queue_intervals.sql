-- One row per queue, channel and UTC quarter hour in which contacts were offered.
with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}

),

fact_queue_intervals as (

    select
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        {{ quarter_hour('offered_at') }} as interval_start_at,

        {% for component in visit_counts() -%}
            cast(sum({{ component }}) as int) as {{ component }},
        {% endfor %}
        {% for component in visit_seconds() -%}
            cast(sum({{ component }}) as decimal(18, 3)) as {{ component }},
        {% endfor %}
        max(longest_wait_seconds) as longest_wait_seconds,

        bool_and(is_final) as is_final,
        min(offered_date) as offered_date,
        max(as_of) as as_of
    from queue_visits
    group by queue_key, channel_key, queue_name, channel_name, {{ quarter_hour('offered_at') }}

)

select * from fact_queue_intervals
