-- Every interval of a fact is in dim_interval in the reporting zone, with the same local date.
select
    facts.interval_start_at,
    facts.fact_date
from (
    select
        interval_start_at,
        offered_date as fact_date
    from {{ ref('fact_queue_intervals') }}

    union

    select
        interval_start_at,
        interval_date
    from {{ ref('fact_agent_intervals') }}
) as facts
left join {{ ref('dim_interval') }} as intervals
    on
        facts.interval_start_at = intervals.interval_start_at
        and intervals.time_zone = {{ text_of('reporting_timezone') }}
where facts.fact_date is distinct from intervals.local_date
