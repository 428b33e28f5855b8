-- One row per month, ISO weekday, hour of the local clock and channel.
{{ config(materialized='view') }}

with

queue_intervals as (

    select * from {{ ref('fact_queue_intervals') }}

),

busy_hours as (

    select * from {{ ref('fact_busy_hours') }}
    where scope = 'channel'

),

dim_interval as (

    select * from {{ ref('dim_interval') }}
    where time_zone = {{ text_of("reporting_timezone") }}

),

dim_date as (

    select * from {{ ref('dim_date') }}

),

recorded_dates as (

    select
        min(offered_date) as first_date,
        max(offered_date) as last_date
    from queue_intervals

),

clock_hours as (

    select
        dim_interval.interval_start_at,
        dim_interval.local_date,
        dim_date.month_start_date,
        dim_date.iso_weekday,
        dim_date.weekday_name,
        cast(hour(dim_interval.local_start_at) as int) as hour_of_day
    from dim_interval
    inner join dim_date on dim_interval.local_date = dim_date.date_day
    inner join recorded_dates
        on
            dim_interval.local_date >= recorded_dates.first_date
            and dim_interval.local_date <= recorded_dates.last_date

),

-- An hour that the clock skips in spring was not observed on that date.
observed_hours as (

    select
        month_start_date,
        iso_weekday,
        weekday_name,
        hour_of_day,
        count(distinct local_date) as day_count
    from clock_hours
    group by month_start_date, iso_weekday, weekday_name, hour_of_day

),

channels as (

    select distinct
        channel_key,
        channel_name
    from queue_intervals

),

offered_per_hour as (

    select
        clock_hours.month_start_date,
        clock_hours.iso_weekday,
        clock_hours.hour_of_day,
        v.channel_key,
        cast(sum(v.offered_count) as bigint) as offered_count,
        cast(sum(v.answered_count) as bigint) as answered_count,
        cast(sum(v.answered_wait_known_count) as bigint) as answered_wait_known_count,
        cast(sum(v.answered_wait_seconds) as decimal(18, 3)) as answered_wait_seconds,
        cast(sum(v.handle_known_count) as bigint) as handle_known_count,
        cast(sum(v.handle_seconds) as decimal(18, 3)) as handle_seconds,
        {{ service_level('v') }} as service_level,
        {{ average_speed_of_answer('v') }} as average_speed_of_answer_seconds,
        {{ average_handle_time('v') }} as average_handle_time_seconds
    from queue_intervals as v
    inner join clock_hours on v.interval_start_at = clock_hours.interval_start_at
    group by
        clock_hours.month_start_date,
        clock_hours.iso_weekday,
        clock_hours.hour_of_day,
        v.channel_key

),

busy_hour_days as (

    select
        clock_hours.month_start_date,
        clock_hours.iso_weekday,
        clock_hours.hour_of_day,
        busy_hours.channel_key,
        count(*) as busy_hour_day_count
    from busy_hours
    inner join clock_hours on busy_hours.busy_hour_start_at = clock_hours.interval_start_at
    group by
        clock_hours.month_start_date,
        clock_hours.iso_weekday,
        clock_hours.hour_of_day,
        busy_hours.channel_key

),

report_peak_hours as (

    select
        observed_hours.month_start_date,
        observed_hours.iso_weekday,
        observed_hours.weekday_name,
        observed_hours.hour_of_day,
        channels.channel_key,
        channels.channel_name,
        observed_hours.day_count,
        coalesce(offered.offered_count, 0) as offered_count,
        cast(coalesce(offered.offered_count, 0) as double) / observed_hours.day_count
            as offered_per_day,
        coalesce(busy_hour_days.busy_hour_day_count, 0) as busy_hour_day_count,
        coalesce(offered.answered_count, 0) as answered_count,
        coalesce(offered.answered_wait_known_count, 0) as answered_wait_known_count,
        coalesce(offered.answered_wait_seconds, 0) as answered_wait_seconds,
        coalesce(offered.handle_known_count, 0) as handle_known_count,
        coalesce(offered.handle_seconds, 0) as handle_seconds,
        offered.service_level,
        offered.average_speed_of_answer_seconds,
        offered.average_handle_time_seconds
    from observed_hours
    cross join channels
    left join offered_per_hour as offered
        on
            observed_hours.month_start_date = offered.month_start_date
            and observed_hours.iso_weekday = offered.iso_weekday
            and observed_hours.hour_of_day = offered.hour_of_day
            and channels.channel_key = offered.channel_key
    left join busy_hour_days
        on
            observed_hours.month_start_date = busy_hour_days.month_start_date
            and observed_hours.iso_weekday = busy_hour_days.iso_weekday
            and observed_hours.hour_of_day = busy_hour_days.hour_of_day
            and channels.channel_key = busy_hour_days.channel_key

)

select * from report_peak_hours
