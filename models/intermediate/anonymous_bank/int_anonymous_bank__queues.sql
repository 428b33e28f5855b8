-- One row per queue: all calls of the bank wait for the same agents.
with

queues as (

    select
        'anonymous_bank' as source_system,
        'default' as source_instance,
        'bank' as queue_code,
        'Bank agents' as queue_name,
        'Asia/Jerusalem' as time_zone,
        cast(null as varchar) as calendar_code

)

select * from queues
