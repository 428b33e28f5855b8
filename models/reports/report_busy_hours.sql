-- One row per date and scope: the center, a channel, or a queue and channel.
with

busy_hours as (

    select * from {{ ref('fact_busy_hours') }}

),

dim_interval as (

    select * from {{ ref('dim_interval') }}
    where time_zone = {{ text_of("reporting_timezone") }}

),

dim_date as (

    select * from {{ ref('dim_date') }}

),

report_busy_hours as (

    select
        v.offered_date,
        dim_date.iso_weekday,
        dim_date.weekday_name,
        v.scope,
        v.queue_key,
        v.queue_name,
        v.channel_key,
        v.channel_name,
        v.busy_hour_start_at,
        dim_interval.local_start_at as busy_hour_start_at_local,
        v.busy_hour_offered_count,
        v.day_offered_count,
        {{ busy_hour_share('v') }} as busy_hour_share
    from busy_hours as v
    inner join dim_date on v.offered_date = dim_date.date_day
    inner join dim_interval on v.busy_hour_start_at = dim_interval.interval_start_at
    group by all

)

select * from report_busy_hours
