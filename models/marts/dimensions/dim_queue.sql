-- One row per queue as it is now, with the two missing members.
with

queues as (

    select * from {{ ref('int_queues') }}

),

calendars as (

    select * from {{ ref('int_calendars') }}

),

keyed_queues as (

    select
        {{ source_key('queue', 'queues.queue_code', 'queues.source_system',
                      'queues.source_instance') }} as queue_key,
        queues.source_system,
        queues.source_instance,
        queues.queue_code,
        queues.queue_name,
        queues.time_zone,
        calendars.calendar_code,
        calendars.calendar_name,
        calendars.time_zone as calendar_time_zone
    from queues
    left join calendars
        on
            queues.source_system = calendars.source_system
            and queues.source_instance = calendars.source_instance
            and queues.calendar_code = calendars.calendar_code

),

dim_queue as (

    select * from keyed_queues

    union all

    select
        -1 as queue_key,
        'none' as source_system,
        'none' as source_instance,
        'none' as queue_code,
        'No queue' as queue_name,
        null as time_zone,
        null as calendar_code,
        null as calendar_name,
        null as calendar_time_zone

    union all

    select
        -2 as queue_key,
        'none' as source_system,
        'none' as source_instance,
        'unknown' as queue_code,
        'Unknown queue' as queue_name,
        null as time_zone,
        null as calendar_code,
        null as calendar_name,
        null as calendar_time_zone

)

select * from dim_queue
