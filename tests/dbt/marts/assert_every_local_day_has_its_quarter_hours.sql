-- A whole local day has the quarter hours it lasts: 96, or 92 or 100 when the clocks change.
with

local_days as (

    select
        time_zone,
        local_date,
        count(*) as quarter_hours,
        count(distinct local_label) as labels,
        min(local_interval_seq) as first_number,
        max(local_interval_seq) as last_number,
        min(local_date) over (partition by time_zone) as first_date,
        max(local_date) over (partition by time_zone) as last_date
    from {{ ref('dim_interval') }}
    group by time_zone, local_date

),

-- The first and the last local day may be cut.
whole_days as (

    select
        *,
        {{ seconds_between(
            local_to_utc('cast(local_date as timestamp)', 'time_zone'),
            local_to_utc("(cast(local_date as timestamp) + interval '1' day)", 'time_zone')
        ) }} as day_seconds
    from local_days
    where local_date > first_date and local_date < last_date

)

select * from whole_days
where
    quarter_hours * 900 <> day_seconds
    or labels <> quarter_hours
    or first_number <> 0
    or last_number <> quarter_hours - 1
