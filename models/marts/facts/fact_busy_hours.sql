-- One row per date and scope (the center, a channel, a queue and channel), with its busiest hour.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_busy_hours', 'offered_date') }}"
) }}

with

touched_intervals as (

    select * from {{ ref('fact_queue_intervals') }}
    {{ of_touched_dates('fact_busy_hours', 'offered_date') }}

),

queue_intervals as (

    select * from touched_intervals
    where offered_count > 0

),

-- The busiest hour of the center need not be that of any queue, so each scope is counted apart.
scoped_intervals as (

    select
        'center' as scope,
        cast(-1 as bigint) as queue_key,
        cast(-1 as bigint) as channel_key,
        'All queues' as queue_name,
        'All channels' as channel_name,
        offered_date,
        interval_start_at,
        sum(offered_count) as offered_count
    from queue_intervals
    group by offered_date, interval_start_at

    union all

    select
        'channel' as scope,
        cast(-1 as bigint) as queue_key,
        channel_key,
        'All queues' as queue_name,
        channel_name,
        offered_date,
        interval_start_at,
        sum(offered_count) as offered_count
    from queue_intervals
    group by channel_key, channel_name, offered_date, interval_start_at

    union all

    select
        'queue' as scope,
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        offered_date,
        interval_start_at,
        offered_count
    from queue_intervals

),

-- Sixty minutes from each quarter hour on: an hour that starts in an empty one holds no more.
hours as (

    select
        *,
        sum(offered_count) over (
            partition by scope, queue_key, channel_key, offered_date
            order by interval_start_at
            range between current row and interval 45 minute following
        ) as hour_offered_count,
        sum(offered_count) over (
            partition by scope, queue_key, channel_key, offered_date
        ) as day_offered_count
    from scoped_intervals

),

fact_busy_hours as (

    select
        scope,
        queue_key,
        channel_key,
        queue_name,
        channel_name,
        cast(hour_offered_count as int) as busy_hour_offered_count,
        cast(day_offered_count as int) as day_offered_count,
        interval_start_at as busy_hour_start_at,
        offered_date
    from hours
    -- Of hours with as many contacts the first one.
    qualify
        row_number() over (
            partition by scope, queue_key, channel_key, offered_date
            order by hour_offered_count desc, interval_start_at asc
        ) = 1

)

select * from fact_busy_hours
