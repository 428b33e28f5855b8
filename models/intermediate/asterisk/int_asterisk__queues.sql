-- One row per queue that the log names; Asterisk keeps no other list of them.
with

queue_stays as (

    select distinct
        source_system,
        source_instance,
        queue_code
    from {{ ref('int_asterisk__queue_stays') }}

),

queues as (

    select
        source_system,
        source_instance,
        queue_code,
        queue_code as queue_name,
        cast(null as string) as time_zone,
        cast(null as string) as calendar_code
    from queue_stays

)

select * from queues
