-- One row per calendar of the sample, weekday and span of time in which its hours hold.
with

calendar_hours as (

    select * from {{ ref('stg_sample__calendar_hours') }}

),

identified_hours as (

    select
        'sample' as source_system,
        'default' as source_instance,
        calendar_code,
        iso_weekday,
        opens_at,
        closes_at,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from calendar_hours

)

select * from identified_hours
