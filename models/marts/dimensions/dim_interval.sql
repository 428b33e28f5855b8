-- One row per UTC quarter hour and time zone in use, with its local label.
with

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

queues as (

    select * from {{ ref('int_queues') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

time_zones as (

    select {{ text_of("reporting_timezone") }} as time_zone

    union

    select time_zone from queues
    where time_zone is not null

    union

    select time_zone from teams
    where time_zone is not null

),

-- A day more on both sides, for a zone may be on another date. Sources may share time, and there
-- may be years between them.
dates as (

    select distinct local_date
    from (
        select
            {{ each_day(
                "date_trunc('day', first_event_at) - interval '1' day",
                "date_trunc('day', last_event_at) + interval '1' day"
            ) }} as local_date
        from source_horizons
    ) as days_of_horizons

),

-- And one more, so that every zone has the whole of each date.
quarter_hours as (

    select distinct interval_start_at
    from (
        select
            {{ each_quarter_hour(
                "date_trunc('day', first_event_at) - interval '2' day",
                "date_trunc('day', last_event_at) + interval '3' day"
            ) }} as interval_start_at
        from source_horizons
    ) as source_quarter_hours

),

local_quarter_hours as (

    select
        quarter_hours.interval_start_at,
        time_zones.time_zone,
        {{ utc_to_local('quarter_hours.interval_start_at', 'time_zones.time_zone') }}
            as local_start_at
    from quarter_hours
    cross join time_zones

),

dim_interval as (

    select
        interval_start_at,
        time_zone,
        local_start_at,
        cast(local_start_at as date) as local_date,
        {{ offset_label('interval_start_at', 'local_start_at') }} as local_label,
        cast(
            row_number() over (
                partition by time_zone, cast(local_start_at as date)
                order by interval_start_at
            ) - 1 as int
        ) as local_interval_seq,
        cast({{ seconds_between('interval_start_at', 'local_start_at') }} / 60 as int)
            as utc_offset_minutes
    from local_quarter_hours
    where cast(local_start_at as date) in (select dates.local_date from dates)

)

select * from dim_interval
