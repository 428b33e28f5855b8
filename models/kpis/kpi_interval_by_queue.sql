-- One row per UTC quarter hour and queue in which contacts were offered.
with

queue_intervals as (

    select * from {{ ref('fact_queue_intervals') }}

),

kpi_interval_by_queue as (

    select
        v.interval_start_at,
        v.queue_key,
        v.queue_name,
        {{ contacts_offered('v') }} as contacts_offered,
        {{ contacts_answered('v') }} as contacts_answered,
        {{ service_level('v') }} as service_level,
        {{ abandonment_rate('v') }} as abandonment_rate,
        {{ average_speed_of_answer('v') }} as average_speed_of_answer,
        {{ average_time_in_queue('v') }} as average_time_in_queue,
        {{ longest_wait('v') }} as longest_wait,
        min(v.offered_date) as offered_date
    from queue_intervals as v
    group by v.interval_start_at, v.queue_key, v.queue_name

)

select * from kpi_interval_by_queue
