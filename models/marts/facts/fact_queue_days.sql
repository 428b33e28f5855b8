-- One row per queue, channel and day in the reporting time zone, counted or from totals.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates(
        'fact_queue_days',
        'offered_date',
        also='is_from_totals',
        also_of=ref('int_queue_day_totals')
    ) }}"
) }}

with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}
    {{ of_touched_dates(
        'fact_queue_days', 'offered_date', also_of=ref('int_queue_day_totals')
    ) }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    {{ of_touched_dates(
        'fact_queue_days', 'offered_date', also_of=ref('int_queue_day_totals')
    ) }}

),

queue_day_totals as (

    select * from {{ ref('int_queue_day_totals') }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

channels as (

    select * from {{ ref('channels') }}

),

visits_per_day as (

    select
        source_system,
        source_instance,
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        offered_date,
        false as is_from_totals,
        {% for component in visit_counts() -%}
            cast(sum({{ component }}) as int) as {{ component }},
        {% endfor %}
        {% for component in visit_seconds() -%}
            cast(sum({{ component }}) as decimal(18, 3)) as {{ component }},
        {% endfor %}
        max(longest_wait_seconds) as longest_wait_seconds,
        bool_and(is_final) as is_final
    from queue_visits
    group by
        source_system,
        source_instance,
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        offered_date

),

-- Legs on no visit, outbound and direct ones, are no work of a queue.
legs_per_day as (

    select
        source_system,
        source_instance,
        queue_key,
        channel_key,
        offered_date,
        {{ handling_sums() }}
    from agent_legs
    where visit_key >= 0
    group by source_system, source_instance, queue_key, channel_key, offered_date

),

counted_days as (

    select
        visits_per_day.*,
        coalesce(legs_per_day.handled_count, 0) as handled_count,
        coalesce(legs_per_day.handle_known_count, 0) as handle_known_count,
        coalesce(legs_per_day.handle_seconds, 0) as handle_seconds
    from visits_per_day
    left join legs_per_day
        on
            visits_per_day.source_system = legs_per_day.source_system
            and visits_per_day.source_instance = legs_per_day.source_instance
            and visits_per_day.queue_key = legs_per_day.queue_key
            and visits_per_day.channel_key = legs_per_day.channel_key
            and visits_per_day.offered_date = legs_per_day.offered_date

),

totals_with_members as (

    select
        queue_day_totals.*,
        coalesce(dim_queue.queue_key, -2) as queue_key,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_queue.queue_name, 'Unknown queue') as queue_name,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        -- A channel we do not know is judged as a telephone.
        case when coalesce(channels.counts_abandonment, true) then 1 else 0 end
            as abandonment_factor
    from queue_day_totals
    left join dim_queue
        on
            queue_day_totals.source_system = dim_queue.source_system
            and queue_day_totals.source_instance = dim_queue.source_instance
            and queue_day_totals.queue_code = dim_queue.queue_code
    left join dim_channel on queue_day_totals.channel_code = dim_channel.channel_code
    left join channels on queue_day_totals.channel_code = channels.channel_code

),

-- Several queues that nobody knows are one unknown queue.
total_days as (

    select
        source_system,
        source_instance,
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        offered_date,
        true as is_from_totals,
        cast(sum(offered_count) as int) as offered_count,
        cast(sum(offered_count * abandonment_factor) as int) as abandonment_eligible_count,
        cast(sum(answered_count) as int) as answered_count,
        cast(sum(answered_in_threshold_count) as int) as answered_in_threshold_count,
        cast(sum(abandoned_count * abandonment_factor) as int) as abandoned_count,
        cast(sum(abandoned_in_threshold_count * abandonment_factor) as int)
            as abandoned_in_threshold_count,
        cast(sum(short_abandoned_count * abandonment_factor) as int) as short_abandoned_count,
        -- Who wrote cannot hang up: the case was closed, and nobody waits any more.
        cast(
            sum(
                redirected_count
                + (abandoned_count + short_abandoned_count) * (1 - abandonment_factor)
            ) as int
        ) as redirected_count,
        cast(sum(missed_count) as int) as missed_count,
        cast(null as int) as callback_requested_count,
        cast(null as int) as callback_requested_in_threshold_count,
        0 as open_count,
        cast(sum(case when answered_wait_seconds is null then 0 else answered_count end) as int)
            as answered_wait_known_count,
        cast(
            sum(
                case when abandoned_wait_seconds is null then 0 else abandoned_count end
                * abandonment_factor
            ) as int
        ) as abandoned_wait_known_count,
        cast(
            sum(
                case when answered_wait_seconds is null then 0 else answered_count end
                + case when abandoned_wait_seconds is null then 0 else abandoned_count end
                + case
                    when short_abandoned_wait_seconds is null then 0 else short_abandoned_count
                end
                + case
                    when flowed_out_wait_seconds is null then 0 else redirected_count + missed_count
                end
            ) as int
        ) as wait_known_count,
        cast(null as int) as callback_count,
        cast(null as int) as callback_reached_count,
        cast(null as int) as callback_failed_count,
        cast(sum(coalesce(answered_wait_seconds, 0)) as decimal(18, 3)) as answered_wait_seconds,
        cast(sum(coalesce(abandoned_wait_seconds, 0) * abandonment_factor) as decimal(18, 3))
            as abandoned_wait_seconds,
        cast(sum(coalesce(short_abandoned_wait_seconds, 0) * abandonment_factor) as decimal(18, 3))
            as short_abandoned_wait_seconds,
        cast(
            sum(
                coalesce(flowed_out_wait_seconds, 0)
                + (coalesce(abandoned_wait_seconds, 0) + coalesce(short_abandoned_wait_seconds, 0))
                * (1 - abandonment_factor)
            ) as decimal(18, 3)
        ) as flowed_out_wait_seconds,
        cast(null as decimal(18, 3)) as callback_wait_seconds,
        cast(null as decimal(18, 3)) as longest_wait_seconds,
        true as is_final,
        cast(sum(handled_count) as int) as handled_count,
        cast(sum(case when handle_seconds is null then 0 else handled_count end) as int)
            as handle_known_count,
        cast(
            sum(case when handled_count is null then 0 else coalesce(handle_seconds, 0) end)
            as decimal(18, 3)
        ) as handle_seconds
    from totals_with_members
    group by
        source_system,
        source_instance,
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        offered_date

),

-- Where contacts are known one by one, they hold.
totals_not_counted as (

    select total_days.*
    from total_days
    left join counted_days
        on
            total_days.source_system = counted_days.source_system
            and total_days.source_instance = counted_days.source_instance
            and total_days.queue_key = counted_days.queue_key
            and total_days.channel_key = counted_days.channel_key
            and total_days.offered_date = counted_days.offered_date
    where counted_days.queue_key is null

),

fact_queue_days as (

    select * from counted_days

    union all

    select * from totals_not_counted

)

select * from fact_queue_days
