-- One row per calendar of the files.
with

calendars as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__calendars') }}
    where row_status = 'used'

),

named_calendars as (

    select
        source_system,
        source_instance,
        calendar_code,
        coalesce(calendar_name, calendar_code) as calendar_name,
        time_zone
    from calendars

)

select * from named_calendars
