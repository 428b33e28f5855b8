-- One row per calendar of the files and holiday.
with

calendar_holidays as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__calendar_holidays') }}
    where row_status = 'used'

)

select * from calendar_holidays
