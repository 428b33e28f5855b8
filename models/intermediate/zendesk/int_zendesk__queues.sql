-- One row per group of Zendesk, as the queue of its tickets.
with

groups as (

    select * from {{ ref('stg_zendesk__group') }}
    where row_status = 'used'

),

calendars as (

    select * from {{ ref('int_zendesk__calendars') }}
    where is_default

),

queues as (

    select
        'zendesk' as source_system,
        groups.source_instance,
        groups.source_group_id as queue_code,
        coalesce(groups.group_name, groups.source_group_id) as queue_name,
        calendars.time_zone,
        calendars.calendar_code
    from groups
    left join calendars on groups.source_instance = calendars.source_instance

)

select * from queues
