-- One row per schedule of Zendesk.
with

intervals as (

    select * from {{ ref('stg_zendesk__schedule') }}
    where row_status = 'used'

),

time_zones as (

    select * from {{ ref('int_zendesk__time_zones') }}

),

schedules as (

    select
        source_instance,
        source_schedule_id as calendar_code,
        max(schedule_name) as calendar_name,
        max(time_zone_name) as time_zone_name,
        min(created_at) as created_at
    from intervals
    group by source_instance, source_schedule_id

),

-- What is not known as a time zone says nothing about when it is open.
calendars as (

    select
        'zendesk' as source_system,
        schedules.source_instance,
        schedules.calendar_code,
        coalesce(schedules.calendar_name, schedules.calendar_code) as calendar_name,
        time_zones.time_zone,
        row_number() over (
            partition by schedules.source_instance
            order by
                schedules.calendar_code = '{{ var("zendesk_default_schedule") }}' desc,
                schedules.created_at,
                schedules.calendar_code
        ) = 1 as is_default
    from schedules
    inner join time_zones
        on
            schedules.source_instance = time_zones.source_instance
            and schedules.time_zone_name = time_zones.time_zone_name

)

select * from calendars
