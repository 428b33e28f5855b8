-- One row per calendar of the files and holiday.
with

calendar_holidays as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__calendar_holidays') }}
    where row_status = 'used'

),

holidays_of_calendars as (

    select
        source_system,
        source_instance,
        calendar_code,
        holiday_date,
        holiday_name
    from calendar_holidays

)

select * from holidays_of_calendars
