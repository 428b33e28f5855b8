-- One row per queue of the sample.
with

queues as (

    select * from {{ ref('stg_sample__queues') }}

),

identified_queues as (

    select
        'sample' as source_system,
        'default' as source_instance,
        queue_code,
        queue_name,
        time_zone,
        calendar_code
    from queues

)

select * from identified_queues
