-- One row per queue as it is now, with the two missing members.
with

queues as (

    select * from {{ ref('int_queues') }}

),

keyed_queues as (

    select
        {{ source_key('queue', 'queue_code') }} as queue_key,
        source_system,
        source_instance,
        queue_code,
        queue_name,
        time_zone,
        opens_at,
        closes_at,
        {{ minute_of_day('opens_at') }} as opens_minute,
        {{ minute_of_day('closes_at') }} as closes_minute,
        service_weekdays
    from queues

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
        null as opens_at,
        null as closes_at,
        null as opens_minute,
        null as closes_minute,
        null as service_weekdays

    union all

    select
        -2 as queue_key,
        'none' as source_system,
        'none' as source_instance,
        'unknown' as queue_code,
        'Unknown queue' as queue_name,
        null as time_zone,
        null as opens_at,
        null as closes_at,
        null as opens_minute,
        null as closes_minute,
        null as service_weekdays

)

select * from dim_queue
