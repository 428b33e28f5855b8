-- An agent's planned seconds of a business date are the same, whole or clipped to quarter hours, by
-- the plan in force and by the latest one.
with

whole_plans as (

    select
        concat_ws(':', source_system, source_instance, agent_code) as agent_id,
        sum(case when is_in_force then {{ seconds_between('starts_at', 'ends_at') }} else 0 end)
            as planned_seconds,
        sum(case when is_latest then {{ seconds_between('starts_at', 'ends_at') }} else 0 end)
            as latest_planned_seconds
    from {{ ref('int_planned_activities') }}
    group by source_system, source_instance, agent_code

),

clipped_plans as (

    select
        agent_id,
        sum(scheduled_seconds + scheduled_unjudged_seconds) as planned_seconds,
        sum(latest_scheduled_seconds + latest_scheduled_unjudged_seconds)
            as latest_planned_seconds
    from {{ ref('fact_schedule_intervals') }}
    group by agent_id

)

select
    whole_plans.*,
    clipped_plans.*
from whole_plans
full outer join clipped_plans on whole_plans.agent_id = clipped_plans.agent_id
where
    coalesce(whole_plans.planned_seconds, 0) <> coalesce(clipped_plans.planned_seconds, 0)
    or coalesce(whole_plans.latest_planned_seconds, 0)
    <> coalesce(clipped_plans.latest_planned_seconds, 0)
