-- In every quarter hour the time at work under the activities and under none is the staffed time.
with

under_plans as (

    select
        agent_key,
        interval_start_at,
        sum(staffed_seconds) as staffed_seconds
    from {{ ref('fact_schedule_intervals') }}
    group by agent_key, interval_start_at

)

select
    under_plans.*,
    intervals.staffed_seconds as interval_staffed_seconds
from under_plans
inner join {{ ref('fact_agent_intervals') }} as intervals
    on
        under_plans.agent_key = intervals.agent_key
        and under_plans.interval_start_at = intervals.interval_start_at
where under_plans.staffed_seconds <> intervals.staffed_seconds
