-- One row per agent and run of dates on which the quarter hours of the agent are added up again.
{#
    Whole dates, for whether a phone rings is known by the day. Runs are far enough apart that what
    is read for one, with a day on each side, is not read for another, unless it lasts for days. A
    plan that began to count, or counts no more, as the data reach elsewhere than before, is new
    whenever it was published.
#}
{{ config(materialized='table') }}

with

agent_slices as (

    select * from {{ ref('int_agent_slices') }}

),

plans_with_other_horizons as (

    select * from {{ plans_with_other_horizons() }} as other_plans

),

dates_of_slices as (

    select
        person_key,
        agent_id,
        {{ reporting_date('from_at') }} as from_date,
        {{ reporting_date('to_at') }} as to_date
    from agent_slices

    union all

    select
        {{ source_key('agent', 'agent_code') }} as person_key,
        {{ agent_id('plans_with_other_horizons') }} as agent_id,
        {{ reporting_date('starts_at') }} as from_date,
        {{ reporting_date('ends_at') }} as to_date
    from plans_with_other_horizons

),

dates_in_order as (

    select
        *,
        coalesce(
            from_date > max(to_date) over (
                partition by person_key
                order by from_date, to_date
                rows between unbounded preceding and 1 preceding
            ) + interval '4' day,
            true
        ) as is_apart
    from dates_of_slices

),

numbered_dates as (

    select
        *,
        sum(case when is_apart then 1 else 0 end) over (
            partition by person_key
            order by from_date, to_date
            rows between unbounded preceding and current row
        ) as run_number
    from dates_in_order

),

agent_interval_slices as (

    select
        person_key,
        agent_id,
        min(from_date) as from_date,
        max(to_date) as to_date,
        cast(min(from_date) - interval '1' day as timestamp) as from_at,
        cast(max(to_date) + interval '2' day as timestamp) as to_at
    from numbered_dates
    group by person_key, agent_id, run_number

)

select * from agent_interval_slices
