-- One row per calendar of the sample and holiday.
with

calendar_holidays as (

    select * from {{ ref('stg_sample__calendar_holidays') }}

),

identified_holidays as (

    select
        'sample' as source_system,
        'default' as source_instance,
        calendar_code,
        holiday_date,
        holiday_name
    from calendar_holidays

)

select * from identified_holidays
