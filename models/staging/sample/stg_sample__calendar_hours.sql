-- One row per calendar of the sample, weekday and span of time in which its hours hold.
with

raw_calendar_hours as (

    select * from {{ ref('raw_calendar_hours') }}

),

calendar_hours as (

    select
        calendar_id as calendar_code,
        try_cast(iso_weekday as int) as iso_weekday,
        opens_at,
        closes_at,
        try_cast(valid_from as date) as valid_from,
        try_cast(valid_to as date) as valid_to
    from raw_calendar_hours

)

select * from calendar_hours
