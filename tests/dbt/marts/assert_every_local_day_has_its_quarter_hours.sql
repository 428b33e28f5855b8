-- A local day has the quarter hours it lasts: 96, or 92 or 100 when the clocks change.
with

local_days as (

    select
        time_zone,
        local_date,
        count(*) as quarter_hours,
        count(distinct local_label) as labels,
        min(local_interval_seq) as first_number,
        max(local_interval_seq) as last_number
    from {{ ref('dim_interval') }}
    group by time_zone, local_date

),

days as (

    select
        *,
        {{ seconds_between(
            local_to_utc('cast(local_date as timestamp)', 'time_zone'),
            local_to_utc("(cast(local_date as timestamp) + interval '1' day)", 'time_zone')
        ) }} as day_seconds
    from local_days

)

select * from days
where
    quarter_hours * 900 <> day_seconds
    or labels <> quarter_hours
    or first_number <> 0
    or last_number <> quarter_hours - 1
