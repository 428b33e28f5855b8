-- The parts of the productivity index add up to those of their facts, shared log-ins aside.
with

agents as (

    select agent_key from {{ ref('dim_agent') }}
    where agent_key >= 0 and not is_shared_login

),

in_months as (

    select
        sum(handled_count) as handled_count,
        sum(staffed_seconds) as staffed_seconds,
        sum(adherent_seconds) as adherent_seconds,
        sum(scheduled_seconds) as scheduled_seconds,
        sum(script_passed_count) as script_passed_count,
        sum(script_item_count) as script_item_count
    from {{ ref('fact_agent_productivity_months') }}

),

in_intervals as (

    select
        sum(case when intervals.staffed_seconds is not null then intervals.handled_count end)
            as handled_count,
        sum(intervals.staffed_seconds) as staffed_seconds
    from {{ ref('fact_agent_intervals') }} as intervals
    inner join agents on intervals.agent_key = agents.agent_key

),

in_schedules as (

    select
        sum(schedules.adherent_seconds) as adherent_seconds,
        sum(case when schedules.adherent_seconds is not null then schedules.scheduled_seconds end)
            as scheduled_seconds
    from {{ ref('fact_schedule_intervals') }} as schedules
    inner join agents on schedules.agent_key = agents.agent_key

),

in_evaluations as (

    select
        sum(evaluations.script_passed_count) as script_passed_count,
        sum(evaluations.script_item_count) as script_item_count
    from {{ ref('fact_evaluations') }} as evaluations
    inner join agents on evaluations.agent_key = agents.agent_key

)

select in_months.*
from in_months
cross join in_intervals
cross join in_schedules
cross join in_evaluations
where
    in_months.handled_count is distinct from in_intervals.handled_count
    or in_months.staffed_seconds is distinct from in_intervals.staffed_seconds
    or in_months.adherent_seconds is distinct from in_schedules.adherent_seconds
    or in_months.scheduled_seconds is distinct from in_schedules.scheduled_seconds
    or in_months.script_passed_count is distinct from in_evaluations.script_passed_count
    or in_months.script_item_count is distinct from in_evaluations.script_item_count
