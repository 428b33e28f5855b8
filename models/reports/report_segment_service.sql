-- One row per date, channel and customer segment of visits to queues.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true, 'whole_with': 'int_customers'},
    pre_hook="{{ forget_touched_dates('fact_queue_visits', 'offered_date') }}"
) }}

with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}
    {{ of_touched_dates('fact_queue_visits', 'offered_date') }}

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

dim_customer as (

    select * from {{ ref('dim_customer') }}

),

segment_visits as (

    select
        queue_visits.*,
        coalesce(dim_customer.segment, 'unknown') as segment
    from queue_visits
    inner join contacts on queue_visits.contact_key = contacts.contact_key
    inner join dim_customer on contacts.customer_key = dim_customer.customer_key

),

report_segment_service as (

    select
        v.offered_date,
        v.channel_key,
        v.channel_name,
        v.segment,
        cast(sum(v.offered_count) as bigint) as offered_count,
        cast(sum(v.answered_count) as bigint) as answered_count,
        cast(sum(v.answered_in_threshold_count) as bigint) as answered_in_threshold_count,
        cast(sum(v.abandonment_eligible_count) as bigint) as abandonment_eligible_count,
        cast(sum(v.abandoned_count) as bigint) as abandoned_count,
        cast(sum(v.short_abandoned_count) as bigint) as short_abandoned_count,
        cast(sum(v.redirected_count) as bigint) as redirected_count,
        cast(sum(v.missed_count) as bigint) as missed_count,
        cast(sum(v.open_count) as bigint) as open_count,
        cast(sum(v.answered_wait_known_count) as bigint) as answered_wait_known_count,
        cast(sum(v.answered_wait_seconds) as decimal(18, 3)) as answered_wait_seconds,
        {{ service_level('v') }} as service_level,
        {{ abandonment_rate('v') }} as abandonment_rate,
        {{ average_speed_of_answer('v') }} as average_speed_of_answer_seconds
    from segment_visits as v
    group by v.offered_date, v.channel_key, v.channel_name, v.segment
    having sum(v.offered_count) > 0

)

select * from report_segment_service
