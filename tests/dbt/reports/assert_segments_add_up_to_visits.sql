-- The segments of a date and channel together are its visits.
with

visits as (

    select
        offered_date,
        channel_key,
        sum(offered_count) as offered_count,
        sum(abandoned_count) as abandoned_count
    from {{ ref('fact_queue_visits') }}
    group by offered_date, channel_key
    having sum(offered_count) > 0

),

segments as (

    select
        offered_date,
        channel_key,
        sum(offered_count) as offered_count,
        sum(abandoned_count) as abandoned_count
    from {{ ref('report_segment_service') }}
    group by offered_date, channel_key

)

select
    visits.offered_date,
    visits.channel_key
from visits
left join segments
    on visits.offered_date = segments.offered_date and visits.channel_key = segments.channel_key
where
    segments.offered_date is null
    or visits.offered_count <> segments.offered_count
    or visits.abandoned_count <> segments.abandoned_count
