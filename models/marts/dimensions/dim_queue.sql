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

    select -1, 'none', 'none', 'none', 'No queue', null, null, null, null, null, null

    union all

    select -2, 'none', 'none', 'unknown', 'Unknown queue', null, null, null, null, null, null

)

select * from dim_queue
