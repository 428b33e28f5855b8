-- One row per agent and span of time in which everything about the agent is worked out again.
{#
    A slice begins and ends at moments at which nothing of the agent went on, on days that nothing
    new lies on or beside: so what happens before and after one is the same without it. Empty in a
    full build.
#}
{{ config(materialized='table') }}

with

touched_days as (

    select * from {{ ref('int_touched_agent_days') }}

),

agent_persons as (

    select * from {{ ref('int_agent_persons') }}

),

quiet_moments as (

    select * from {{ quiet_moments() }} as noted_moments

),

days_in_order as (

    select
        person_key,
        touched_date,
        coalesce(
            lag(touched_date) over (partition by person_key order by touched_date)
            < touched_date - interval '1' day,
            true
        ) as is_first
    from touched_days

),

numbered_days as (

    select
        *,
        sum(case when is_first then 1 else 0 end) over (
            partition by person_key
            order by touched_date
            rows between unbounded preceding and current row
        ) as run_number
    from days_in_order

),

touched_runs as (

    select
        person_key,
        cast(min(touched_date) as timestamp) as touched_from_at,
        cast(max(touched_date) + interval '1' day as timestamp) as touched_to_at
    from numbered_days
    group by person_key, run_number

),

touched_persons as (

    select distinct person_key from touched_days

),

moments_on_other_days as (

    select
        quiet_moments.person_key,
        quiet_moments.quiet_at
    from quiet_moments
    inner join touched_persons
        on quiet_moments.person_key = touched_persons.person_key
    left join touched_days
        on
            quiet_moments.person_key = touched_days.person_key
            and cast(quiet_moments.quiet_at as date) = touched_days.touched_date
    where touched_days.person_key is null

),

-- A few on each side, for work after a contact may go on unseen while the agent is logged out.
numbered_moments as (

    select
        moments_on_other_days.person_key,
        moments_on_other_days.quiet_at,
        row_number() over (
            partition by
                touched_runs.person_key,
                touched_runs.touched_from_at,
                moments_on_other_days.quiet_at < touched_runs.touched_from_at
            order by abs({{ seconds_between(
                'touched_runs.touched_from_at', 'moments_on_other_days.quiet_at'
            ) }})
        ) as nearness
    from touched_runs
    inner join moments_on_other_days
        on
            touched_runs.person_key = moments_on_other_days.person_key
            and moments_on_other_days.quiet_at
            >= touched_runs.touched_from_at - interval '60' day
            and moments_on_other_days.quiet_at < touched_runs.touched_to_at + interval '60' day

),

nearby_moments as (

    select distinct
        person_key,
        quiet_at
    from numbered_moments
    where nearness <= 5

),

search_bounds as (

    select
        min(quiet_at) - interval '31' day as from_at,
        max(quiet_at) as to_at
    from nearby_moments

),

engagements as (

    select
        source_system,
        source_instance,
        agent_code,
        {{ seconds_after('connected_at', '-coalesce(dial_seconds, 0)') }} as started_at,
        {{ seconds_after('ended_at', '(coalesce(after_contact_work_seconds, 0) + 2)') }} as ended_at
    from {{ ref('int_agent_legs') }}
    where
        connected_at >= (select search_bounds.from_at from search_bounds)
        and connected_at < (select search_bounds.to_at from search_bounds)

    union all

    select
        source_system,
        source_instance,
        agent_code,
        dialed_at as started_at,
        {{ seconds_after('dialed_at', '(coalesce(dial_seconds, 0) + 2)') }} as ended_at
    from {{ ref('int_outbound_attempts') }}

),

engagements_of_persons as (

    select
        agent_persons.person_key,
        engagements.started_at,
        engagements.ended_at
    from engagements
    inner join agent_persons
        on
            engagements.source_system = agent_persons.source_system
            and engagements.source_instance = agent_persons.source_instance
            and engagements.agent_code = agent_persons.agent_code

),

bounds as (

    select
        nearby_moments.person_key,
        nearby_moments.quiet_at
    from nearby_moments
    left join engagements_of_persons
        on
            nearby_moments.person_key = engagements_of_persons.person_key
            and nearby_moments.quiet_at > engagements_of_persons.started_at
            and nearby_moments.quiet_at <= engagements_of_persons.ended_at
    where engagements_of_persons.person_key is null
    group by nearby_moments.person_key, nearby_moments.quiet_at

),

first_moments as (

    select
        person_key,
        min(quiet_at) as quiet_at
    from quiet_moments
    group by person_key

),

-- Without a bound everything of the agent before, or after, is worked out again.
widened_runs as (

    select
        touched_runs.person_key,
        coalesce(
            max(
                case when bounds.quiet_at < touched_runs.touched_from_at then bounds.quiet_at end
            ),
            case
                when min(first_moments.quiet_at) < touched_runs.touched_from_at
                    then timestamp '1900-01-01 00:00:00'
                else touched_runs.touched_from_at
            end
        ) as from_at,
        coalesce(
            min(case when bounds.quiet_at >= touched_runs.touched_to_at then bounds.quiet_at end),
            timestamp '9999-12-31 00:00:00'
        ) as to_at
    from touched_runs
    left join bounds on touched_runs.person_key = bounds.person_key
    left join first_moments on touched_runs.person_key = first_moments.person_key
    group by touched_runs.person_key, touched_runs.touched_from_at, touched_runs.touched_to_at

),

runs_in_order as (

    select
        *,
        coalesce(
            from_at >= max(to_at) over (
                partition by person_key
                order by from_at, to_at
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_apart
    from widened_runs

),

numbered_runs as (

    select
        *,
        sum(case when is_apart then 1 else 0 end) over (
            partition by person_key
            order by from_at, to_at
            rows between unbounded preceding and current row
        ) as slice_number
    from runs_in_order

),

touched_agents as (

    select distinct
        touched_days.person_key,
        {{ agent_id('touched_days') }} as agent_id
    from touched_days

),

agent_slices as (

    select
        numbered_runs.person_key,
        touched_agents.agent_id,
        min(numbered_runs.from_at) as from_at,
        max(numbered_runs.to_at) as to_at
    from numbered_runs
    inner join touched_agents on numbered_runs.person_key = touched_agents.person_key
    group by numbered_runs.person_key, touched_agents.agent_id, numbered_runs.slice_number

    {{ and_agents_of_whole_sources() }}

)

select * from agent_slices
