-- One row per queue, channel, length (15, 30, 60 minutes) and interval with offered contacts.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_queue_intervals', 'offered_date') }}"
) }}

with

all_intervals as (

    select * from {{ ref('fact_queue_intervals') }}
    {{ of_touched_dates('fact_queue_intervals', 'offered_date') }}

),

dim_interval as (

    select * from {{ ref('dim_interval') }}
    where time_zone = {{ text_of("reporting_timezone") }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

lengths as (

    select rows_of_lengths.interval_minutes
    from (values (15), (30), (60)) as rows_of_lengths (interval_minutes)

),

queue_intervals as (

    select * from all_intervals
    where offered_count > 0

),

-- By the local clock: of an hour that daylight saving repeats, each has its own UTC start.
intervals_of_each_length as (

    select
        queue_intervals.*,
        lengths.interval_minutes,
        queue_intervals.interval_start_at
        - cast(minute(dim_interval.local_start_at) % lengths.interval_minutes as int)
        * interval '1' minute as length_start_at,
        dim_interval.local_start_at
        - cast(minute(dim_interval.local_start_at) % lengths.interval_minutes as int)
        * interval '1' minute as length_start_at_local,
        cast(floor(dim_interval.local_interval_seq * 15 / lengths.interval_minutes) as int) + 1
            as interval_of_day
    from queue_intervals
    inner join dim_interval on queue_intervals.interval_start_at = dim_interval.interval_start_at
    cross join lengths

),

added_intervals as (

    select
        v.offered_date,
        v.interval_minutes,
        v.length_start_at as interval_start_at,
        v.length_start_at_local as interval_start_at_local,
        v.queue_key,
        v.queue_name,
        v.channel_key,
        v.channel_name,
        min(v.interval_of_day) as interval_of_day,
        cast(sum(v.offered_count) as bigint) as offered_count,
        cast(sum(v.answered_count) as bigint) as answered_count,
        cast(sum(v.answered_in_threshold_count) as bigint) as answered_in_threshold_count,
        cast(sum(v.abandoned_count) as bigint) as abandoned_count,
        cast(sum(v.short_abandoned_count) as bigint) as short_abandoned_count,
        cast(sum(v.redirected_count) as bigint) as redirected_count,
        cast(sum(v.missed_count) as bigint) as missed_count,
        cast(sum(v.open_count) as bigint) as open_count,
        cast(sum(v.abandonment_eligible_count) as bigint) as abandonment_eligible_count,
        cast(sum(v.callback_requested_count) as bigint) as callback_requested_count,
        cast(sum(v.answered_wait_known_count) as bigint) as answered_wait_known_count,
        cast(sum(v.answered_wait_seconds) as decimal(18, 3)) as answered_wait_seconds,
        cast(sum(v.abandoned_wait_known_count) as bigint) as abandoned_wait_known_count,
        cast(sum(v.abandoned_wait_seconds) as decimal(18, 3)) as abandoned_wait_seconds,
        max(v.longest_wait_seconds) as longest_wait_seconds,
        cast(sum(v.handled_count) as bigint) as handled_count,
        cast(sum(v.handle_known_count) as bigint) as handle_known_count,
        cast(sum(v.handle_seconds) as decimal(18, 3)) as handle_seconds,
        {{ service_level('v') }} as service_level,
        {{ answer_rate('v') }} as answer_rate,
        {{ abandonment_rate('v') }} as abandonment_rate,
        {{ average_speed_of_answer('v') }} as average_speed_of_answer_seconds,
        {{ average_time_to_abandon('v') }} as average_time_to_abandon_seconds,
        {{ average_handle_time('v') }} as average_handle_time_seconds,
        bool_and(v.is_final) as is_final
    from intervals_of_each_length as v
    group by
        v.offered_date,
        v.interval_minutes,
        v.length_start_at,
        v.length_start_at_local,
        v.queue_key,
        v.queue_name,
        v.channel_key,
        v.channel_name

),

report_queue_interval as (

    select
        added_intervals.offered_date,
        added_intervals.interval_minutes,
        added_intervals.interval_start_at,
        added_intervals.interval_start_at_local,
        {{ offset_label(
            'added_intervals.interval_start_at', 'added_intervals.interval_start_at_local'
        ) }} as interval_label,
        added_intervals.interval_of_day,
        {{ utc_to_local('added_intervals.interval_start_at', 'dim_queue.time_zone') }}
            as queue_interval_start_at_local,
        added_intervals.queue_key,
        added_intervals.queue_name,
        added_intervals.channel_key,
        added_intervals.channel_name,
        added_intervals.offered_count,
        added_intervals.answered_count,
        added_intervals.answered_in_threshold_count,
        added_intervals.abandoned_count,
        added_intervals.short_abandoned_count,
        added_intervals.redirected_count,
        added_intervals.missed_count,
        added_intervals.open_count,
        added_intervals.abandonment_eligible_count,
        added_intervals.callback_requested_count,
        added_intervals.answered_wait_known_count,
        added_intervals.answered_wait_seconds,
        added_intervals.abandoned_wait_known_count,
        added_intervals.abandoned_wait_seconds,
        added_intervals.longest_wait_seconds,
        added_intervals.handled_count,
        added_intervals.handle_known_count,
        added_intervals.handle_seconds,
        added_intervals.service_level,
        added_intervals.answer_rate,
        added_intervals.abandonment_rate,
        added_intervals.average_speed_of_answer_seconds,
        added_intervals.average_time_to_abandon_seconds,
        added_intervals.average_handle_time_seconds,
        added_intervals.is_final
    from added_intervals
    left join dim_queue on added_intervals.queue_key = dim_queue.queue_key

)

select * from report_queue_interval
