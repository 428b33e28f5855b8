-- The counted days of queues hold every visit once.
with

day_counts as (

    select
        sum(offered_count) as offered_count,
        sum(answered_wait_seconds) as answered_wait_seconds
    from {{ ref('fact_queue_days') }}
    where not is_from_totals

),

visit_counts as (

    select
        sum(offered_count) as offered_count,
        sum(answered_wait_seconds) as answered_wait_seconds
    from {{ ref('fact_queue_visits') }}

)

select
    day_counts.*,
    visit_counts.offered_count as visits_offered_count
from day_counts
cross join visit_counts
where
    day_counts.offered_count is distinct from visit_counts.offered_count
    or day_counts.answered_wait_seconds is distinct from visit_counts.answered_wait_seconds
