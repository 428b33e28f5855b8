-- One row per calendar of the files, weekday and span of time in which its hours hold.
with

calendar_hours as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__calendar_hours') }}
    where row_status = 'used'

),

hour_spans as (

    select
        source_system,
        source_instance,
        calendar_code,
        iso_weekday,
        opens_at,
        closes_at,
        valid_from,
        {{ valid_to(['source_instance', 'calendar_code', 'iso_weekday'], 'date') }} as valid_to
    from calendar_hours

)

select * from hour_spans
