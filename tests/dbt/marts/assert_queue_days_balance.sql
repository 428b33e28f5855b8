-- Every contact offered on a day is in one outcome, counted or from totals.
select *
from {{ ref('fact_queue_days') }}
where
    offered_count
    <> answered_count
    + abandoned_count
    + short_abandoned_count
    + redirected_count
    + missed_count
    + open_count
    or answered_in_threshold_count > answered_count
    or abandoned_in_threshold_count > abandoned_count
