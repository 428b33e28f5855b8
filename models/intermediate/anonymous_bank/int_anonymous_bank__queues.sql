-- One row per instance and queue: all calls of the bank wait for the same agents.
with

instances as (

    select distinct source_instance from {{ ref('int_anonymous_bank__calls') }}

),

queues as (

    select
        'anonymous_bank' as source_system,
        source_instance,
        'bank' as queue_code,
        'Bank agents' as queue_name,
        'Asia/Jerusalem' as time_zone,
        cast(null as string) as calendar_code
    from instances

)

select * from queues
