-- One row per calendar and local date from the first to the last day of the source's data.
{{ config(materialized='table') }}

with

calendars as (

    select * from {{ ref('int_calendars') }}

),

calendar_hours as (

    select * from {{ ref('int_calendar_hours') }}

),

calendar_holidays as (

    select * from {{ ref('int_calendar_holidays') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

-- Two days more on both sides cover every time zone, and the evening before the first day.
calendar_dates as (

    select
        calendars.source_system,
        calendars.source_instance,
        calendars.calendar_code,
        calendars.time_zone,
        {{ each_day(
            "date_trunc('day', source_horizons.first_event_at) - interval '2' day",
            "date_trunc('day', source_horizons.last_event_at) + interval '2' day"
        ) }} as local_date
    from calendars
    inner join source_horizons
        on
            calendars.source_system = source_horizons.source_system
            and calendars.source_instance = source_horizons.source_instance

),

-- Hours in force on the date, on the local clock; closing before opening is the next morning.
local_hours as (

    select
        calendar_dates.*,
        cast(calendar_dates.local_date as timestamp)
        + ({{ minute_of_day('calendar_hours.opens_at') }}) * interval '1' minute as opens_at_local,
        cast(calendar_dates.local_date as timestamp)
        + (
            {{ minute_of_day('calendar_hours.closes_at') }}
            + case when calendar_hours.closes_at < calendar_hours.opens_at then 1440 else 0 end
        ) * interval '1' minute as closes_at_local,
        calendar_holidays.holiday_name,
        calendar_hours.calendar_code is not null and calendar_holidays.calendar_code is null
            as is_open
    from calendar_dates
    left join calendar_hours
        on
            calendar_dates.source_system = calendar_hours.source_system
            and calendar_dates.source_instance = calendar_hours.source_instance
            and calendar_dates.calendar_code = calendar_hours.calendar_code
            and {{ iso_weekday('calendar_dates.local_date') }} = calendar_hours.iso_weekday
            and calendar_dates.local_date >= calendar_hours.valid_from
            and calendar_dates.local_date < calendar_hours.valid_to
    left join calendar_holidays
        on
            calendar_dates.source_system = calendar_holidays.source_system
            and calendar_dates.source_instance = calendar_holidays.source_instance
            and calendar_dates.calendar_code = calendar_holidays.calendar_code
            and calendar_dates.local_date = calendar_holidays.holiday_date

),

utc_hours as (

    select
        source_system,
        source_instance,
        calendar_code,
        local_date,
        holiday_name,
        case when is_open then {{ local_to_utc('opens_at_local', 'time_zone') }} end as opens_at,
        case when is_open then {{ local_to_utc('closes_at_local', 'time_zone') }} end as closes_at
    from local_hours

),

openings_in_order as (

    select
        *,
        lag(closes_at) over (
            partition by source_system, source_instance, calendar_code, local_date
            order by opens_at
        ) as break_starts_at
    from utc_hours

),

-- Between two openings of a date there is a break.
timed_days as (

    select
        source_system,
        source_instance,
        calendar_code,
        local_date,
        max(holiday_name) as holiday_name,
        min(opens_at) as opens_at,
        max(closes_at) as closes_at,
        {{ list_of_spans('break_starts_at', 'opens_at', 'break_starts_at < opens_at') }} as breaks,
        coalesce(sum({{ seconds_between('opens_at', 'closes_at') }}), 0) as business_seconds
    from openings_in_order
    group by source_system, source_instance, calendar_code, local_date

),

calendar_days as (

    select
        source_system,
        source_instance,
        calendar_code,
        local_date,
        holiday_name,
        opens_at,
        closes_at,
        lag(closes_at) over in_order as previous_closes_at,
        breaks,
        cast(business_seconds as decimal(18, 3)) as business_seconds,
        cast(
            coalesce(sum(business_seconds) over before, 0) as decimal(18, 3)
        ) as business_seconds_before
    from timed_days
    window
        in_order as (
            partition by source_system, source_instance, calendar_code
            order by local_date
        ),
        before as (
            partition by source_system, source_instance, calendar_code
            order by local_date
            rows between unbounded preceding and 1 preceding
        )

)

select * from calendar_days
