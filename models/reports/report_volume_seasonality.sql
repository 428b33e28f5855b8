-- One row per channel, cycle (weekday, month) and position in it.
with

volume_days as (

    select * from {{ ref('report_volume_trend') }}

),

dim_date as (

    select * from {{ ref('dim_date') }}

),

days_in_cycles as (

    select
        channel_key,
        channel_name,
        'weekday' as cycle,
        iso_weekday as position_in_cycle,
        weekday_name as position_name,
        offered_count
    from volume_days

    union all

    select
        volume_days.channel_key,
        volume_days.channel_name,
        'month' as cycle,
        dim_date.calendar_month as position_in_cycle,
        dim_date.month_name as position_name,
        volume_days.offered_count
    from volume_days
    inner join dim_date on volume_days.offered_date = dim_date.date_day

),

positions as (

    select
        channel_key,
        channel_name,
        cycle,
        position_in_cycle,
        position_name,
        count(*) as day_count,
        cast(sum(offered_count) as bigint) as offered_count,
        cast(avg(offered_count) as double) as offered_per_day
    from days_in_cycles
    group by channel_key, channel_name, cycle, position_in_cycle, position_name

),

-- Each position weighs the same, though the record may hold some of them once more. The last digits
-- of a mean of doubles hang on the order of the rows.
report_volume_seasonality as (

    select
        *,
        round(
            offered_per_day
            / nullif(avg(offered_per_day) over (partition by channel_key, cycle), 0),
            9
        ) as seasonal_index
    from positions

)

select * from report_volume_seasonality
