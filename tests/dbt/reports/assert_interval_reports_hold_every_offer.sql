-- Intervals of each length hold every offered contact of a date once, and its work.
with

fact_dates as (

    select
        offered_date,
        sum(offered_count) as offered_count,
        sum(handle_seconds) as handle_seconds
    from {{ ref('fact_queue_intervals') }}
    where offered_count > 0
    group by offered_date

),

lengths as (

    select rows_of_lengths.interval_minutes
    from (values (15), (30), (60)) as rows_of_lengths (interval_minutes)

),

report_dates as (

    select
        offered_date,
        interval_minutes,
        sum(offered_count) as offered_count,
        sum(handle_seconds) as handle_seconds
    from {{ ref('report_queue_interval') }}
    group by offered_date, interval_minutes

)

select
    fact_dates.*,
    lengths.interval_minutes,
    report_dates.offered_count as reported_count
from fact_dates
cross join lengths
left join report_dates
    on
        fact_dates.offered_date = report_dates.offered_date
        and lengths.interval_minutes = report_dates.interval_minutes
where
    fact_dates.offered_count is distinct from report_dates.offered_count
    or fact_dates.handle_seconds is distinct from report_dates.handle_seconds
