-- Per queue and day: offered = answered, abandoned, short abandoned, redirected, missed and open.
select
    queue_key,
    offered_date,
    sum(offered_count) as offered,
    sum(
        answered_count + abandoned_count + short_abandoned_count + redirected_count
        + missed_count + open_count
    ) as accounted_for
from {{ ref('fact_queue_visits') }}
group by queue_key, offered_date
having
    sum(offered_count) <> sum(
        answered_count + abandoned_count + short_abandoned_count + redirected_count
        + missed_count + open_count
    )
