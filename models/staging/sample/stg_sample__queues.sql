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
        opens_at,
        closes_at,
        case lower(service_days)
            when 'mon-fri' then '12345'
            when 'mon-sat' then '123456'
            when 'mon-sun' then '1234567'
        end as service_weekdays
    from raw_queues

)

select * from queues
