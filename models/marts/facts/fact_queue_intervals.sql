-- One row per queue, channel and UTC quarter hour in which contacts were offered.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_queue_intervals', 'offered_date') }}"
) }}

with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}
    {{ of_touched_dates('fact_queue_intervals', 'offered_date') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    {{ of_touched_dates('fact_queue_intervals', 'offered_date') }}

),

visits_per_interval as (

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
        sum(answered_count + abandoned_count + missed_count) as due_count,
        sum((answered_count + abandoned_count + missed_count) * service_level_target)
            as target_count,

        bool_and(is_final) as is_final,
        min(offered_date) as offered_date,
        max(as_of) as as_of
    from queue_visits
    group by queue_key, channel_key, queue_name, channel_name, {{ quarter_hour('offered_at') }}

),

-- Legs on no visit, outbound and direct ones, are no work of a queue.
legs_per_interval as (

    select
        queue_key,
        channel_key,
        {{ quarter_hour('offered_at') }} as interval_start_at,
        {{ handling_sums() }}
    from agent_legs
    where visit_key >= 0
    group by queue_key, channel_key, {{ quarter_hour('offered_at') }}

),

fact_queue_intervals as (

    select
        visits_per_interval.queue_key,
        visits_per_interval.channel_key,
        visits_per_interval.queue_name,
        visits_per_interval.channel_name,
        visits_per_interval.interval_start_at,

        {% for component in visit_counts() + visit_seconds() -%}
            visits_per_interval.{{ component }},
        {% endfor %}
        visits_per_interval.longest_wait_seconds,
        coalesce(legs_per_interval.handled_count, 0) as handled_count,
        coalesce(legs_per_interval.handle_known_count, 0) as handle_known_count,
        coalesce(legs_per_interval.handle_seconds, 0) as handle_seconds,
        -- An interval in which only short abandons came has no service level to judge.
        case when visits_per_interval.due_count > 0 then 1 else 0 end as interval_judged_count,
        case
            when
                visits_per_interval.due_count > 0
                and visits_per_interval.answered_in_threshold_count
                >= visits_per_interval.target_count
                then 1
            else 0
        end as interval_in_target_count,

        visits_per_interval.is_final,
        visits_per_interval.offered_date,
        visits_per_interval.as_of
    from visits_per_interval
    left join legs_per_interval
        on
            visits_per_interval.queue_key = legs_per_interval.queue_key
            and visits_per_interval.channel_key = legs_per_interval.channel_key
            and visits_per_interval.interval_start_at = legs_per_interval.interval_start_at

)

select * from fact_queue_intervals
