-- One row per queue that a contact record names, as it was called last.
with

contact_records as (

    select * from {{ ref('stg_amazon_connect__contact_records') }}
    where row_status = 'used' and queue_code is not null and not is_agent_queue

),

queues as (

    select
        'amazon_connect' as source_system,
        source_instance,
        queue_code,
        coalesce(
            max_by(queue_name, case when queue_name is not null then initiated_at end), queue_code
        ) as queue_name,
        cast(null as string) as time_zone,
        cast(null as string) as calendar_code
    from contact_records
    group by source_instance, queue_code

)

select * from queues
