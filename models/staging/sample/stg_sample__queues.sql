-- One row per queue of the sample.
with

raw_queues as (

    select * from {{ ref('raw_queues') }}

),

queues as (

    select
        queue_id as queue_code,
        queue_name,
        time_zone,
        calendar_id as calendar_code
    from raw_queues

)

select * from queues
