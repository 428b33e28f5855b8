-- One row per calendar of service hours of the sample.
with

raw_calendars as (

    select * from {{ ref('raw_calendars') }}

),

calendars as (

    select
        calendar_id as calendar_code,
        calendar_name,
        time_zone
    from raw_calendars

)

select * from calendars
