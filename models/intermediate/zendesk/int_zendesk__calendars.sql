-- One row per schedule of Zendesk.
with

intervals as (

    select * from {{ ref('stg_zendesk__schedule') }}
    where row_status = 'used'

),

schedules as (

    select
        source_instance,
        source_schedule_id as calendar_code,
        max(schedule_name) as calendar_name,
        max(time_zone) as time_zone,
        min(created_at) as created_at
    from intervals
    group by source_instance, source_schedule_id

),

-- What is not known as a time zone says nothing about when it is open.
calendars as (

    select
        'zendesk' as source_system,
        source_instance,
        calendar_code,
        coalesce(calendar_name, calendar_code) as calendar_name,
        time_zone,
        row_number() over (
            partition by source_instance
            order by
                calendar_code = {{ text_of("zendesk_default_schedule") }} desc,
                created_at,
                calendar_code
        ) = 1 as is_default
    from schedules
    where time_zone is not null

)

select * from calendars
