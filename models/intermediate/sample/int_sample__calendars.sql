-- One row per calendar of service hours of the sample.
with

calendars as (

    select * from {{ ref('stg_sample__calendars') }}

),

identified_calendars as (

    select
        'sample' as source_system,
        'default' as source_instance,
        calendar_code,
        calendar_name,
        time_zone
    from calendars

)

select * from identified_calendars
