-- One row per activity planned for an agent in a version of a day in force or the latest one.
{#
    A version is in force when it was published before the day began. The day begins with the first
    activity of any version up to it, so that one which moves a late start cannot pass as in time.
    What is planned beyond the time in which plans count is cut off: nobody has missed it yet.
#}
{{ config(materialized='table') }}

with

schedule_activities as (

    select * from {{ ref('int_schedule_activities') }}

),

plan_horizons as (

    select * from {{ ref('int_plan_horizons') }}

),

versions as (

    select
        source_system,
        source_instance,
        agent_code,
        business_date,
        version_number,
        max(published_at) as published_at,
        min(starts_at) as day_starts_at
    from schedule_activities
    group by source_system, source_instance, agent_code, business_date, version_number

),

judged_versions as (

    select
        *,
        published_at <= min(day_starts_at) over (
            partition by source_system, source_instance, agent_code, business_date
            order by version_number
            rows between unbounded preceding and current row
        ) as is_in_time
    from versions

),

chosen_versions as (

    select
        *,
        version_number = max(version_number) over (
            partition by source_system, source_instance, agent_code, business_date
        ) as is_latest,
        version_number = max(case when is_in_time then version_number end) over (
            partition by source_system, source_instance, agent_code, business_date
        ) as is_newest_in_time
    from judged_versions

),

planned_activities as (

    select
        schedule_activities.source_system,
        schedule_activities.source_instance,
        schedule_activities.agent_code,
        schedule_activities.business_date,
        schedule_activities.version_number,
        schedule_activities.activity_code,
        coalesce(chosen_versions.is_newest_in_time, false) as is_in_force,
        chosen_versions.is_latest,
        greatest(schedule_activities.starts_at, plan_horizons.counts_from_at) as starts_at,
        least(schedule_activities.ends_at, plan_horizons.counts_to_at) as ends_at
    from schedule_activities
    inner join chosen_versions
        on
            schedule_activities.source_system = chosen_versions.source_system
            and schedule_activities.source_instance = chosen_versions.source_instance
            and schedule_activities.agent_code = chosen_versions.agent_code
            and schedule_activities.business_date = chosen_versions.business_date
            and schedule_activities.version_number = chosen_versions.version_number
    inner join plan_horizons
        on
            schedule_activities.source_system = plan_horizons.source_system
            and schedule_activities.source_instance = plan_horizons.source_instance
            and schedule_activities.starts_at < plan_horizons.counts_to_at
            and schedule_activities.ends_at > plan_horizons.counts_from_at
    where chosen_versions.is_newest_in_time or chosen_versions.is_latest

)

select * from planned_activities
