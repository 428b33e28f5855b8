-- One row per source instance with schedules, with the time in which its plans count.
{#
    Plans are published ahead, and older ones may be landed than states. They count in the quarter
    hours in which it is known what agents did: from the first to the last state, as far as there is
    other data where an instance has no states, as far as there is any where it has plans alone.
#}
{{ config(materialized='table') }}

with

schedule_activities as (

    select * from {{ ref('int_schedule_activities') }}

),

working_agents as (

    select * from {{ ref('int_working_agents') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

planned_instances as (

    select distinct
        source_system,
        source_instance
    from schedule_activities

),

working_instances as (

    select distinct
        source_system,
        source_instance
    from working_agents

),

all_data as (

    select
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from source_horizons

),

known_spans as (

    select
        planned_instances.source_system,
        planned_instances.source_instance,
        coalesce(
            source_horizons.first_agent_state_at,
            source_horizons.first_event_at,
            all_data.first_event_at
        ) as known_from_at,
        coalesce(
            source_horizons.last_agent_state_at,
            source_horizons.last_event_at,
            all_data.last_event_at
        ) as known_to_at,
        working_instances.source_system is not null as is_work_known,
        source_horizons.last_agent_state_at is not null as are_states_known
    from planned_instances
    cross join all_data
    left join source_horizons
        on
            planned_instances.source_system = source_horizons.source_system
            and planned_instances.source_instance = source_horizons.source_instance
    left join working_instances
        on
            planned_instances.source_system = working_instances.source_system
            and planned_instances.source_instance = working_instances.source_instance

),

plan_horizons as (

    select
        source_system,
        source_instance,
        {{ quarter_hour('known_from_at') }} as counts_from_at,
        {{ quarter_hour("known_to_at - interval '1' microsecond") }} + interval '15' minute
            as counts_to_at,
        is_work_known,
        are_states_known
    from known_spans

)

select * from plan_horizons
