-- One row per calendar of the sample and holiday.
with

raw_calendar_holidays as (

    select * from {{ ref('raw_calendar_holidays') }}

),

calendar_holidays as (

    select
        calendar_id as calendar_code,
        try_cast(holiday_date as date) as holiday_date,
        holiday_name
    from raw_calendar_holidays

)

select * from calendar_holidays
