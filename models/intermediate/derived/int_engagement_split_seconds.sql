-- One row per leg, or dialing in vain, of known length, with its share of its agent's seconds.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_agent_slices('started_at') }}"
) }}

with

agent_engagements as (

    select agent_engagements.*
    from {{ ref('int_agent_engagements') }} as agent_engagements
    {{ within_agent_slices('agent_engagements.person_key', 'agent_engagements.started_at') }}

),

timed_engagements as (

    select
        *,
        {{ seconds_after('ended_at', 'coalesce(after_contact_work_seconds, 0)') }} as work_ended_at
    from agent_engagements

),

-- Nobody shares the seconds of those that are alone.
crossing_in_order as (

    select
        *,
        coalesce(
            started_at > max(work_ended_at) over (
                partition by person_key
                order by started_at, leg_key nulls last, attempt_key nulls last
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_apart
    from timed_engagements
    where is_alone is not true

),

-- Engagements that hang together are counted from 0: others of the agent do not matter.
crossing_engagements as (

    select
        *,
        sum(case when is_apart then 1 else 0 end) over (
            partition by person_key
            order by started_at, leg_key nulls last, attempt_key nulls last
            rows between unbounded preceding and current row
        ) as group_number
    from crossing_in_order

),

points as (

    select
        leg_key,
        attempt_key,
        person_key,
        group_number,
        'started' as point,
        started_at as point_at,
        1 as contact_change,
        0 as work_change
    from crossing_engagements

    union all

    select
        leg_key,
        attempt_key,
        person_key,
        group_number,
        'ended' as point,
        ended_at as point_at,
        -1 as contact_change,
        1 as work_change
    from crossing_engagements

    union all

    select
        leg_key,
        attempt_key,
        person_key,
        group_number,
        'work_ended' as point,
        work_ended_at as point_at,
        0 as contact_change,
        -1 as work_change
    from crossing_engagements

),

-- Between two points nothing changes; of several at one instant no time passes.
points_in_order as (

    select
        leg_key,
        attempt_key,
        person_key,
        group_number,
        point,
        point_at,
        sum(contact_change) over so_far as contacts_at_once,
        sum(work_change) over so_far as works_at_once,
        lead(point_at) over (
            partition by person_key, group_number
            order by point_at, leg_key nulls last, attempt_key nulls last, point
        ) as next_point_at
    from points
    window so_far as (
        partition by person_key, group_number
        order by point_at, leg_key nulls last, attempt_key nulls last, point
        rows between unbounded preceding and current row
    )

),

steps as (

    select
        *,
        {{ seconds_between('point_at', 'next_point_at') }} as step_seconds
    from points_in_order

),

-- Contacts come before work after another contact, as in the states of an agent.
shares as (

    select
        *,
        case
            when contacts_at_once > 0 then cast(step_seconds / contacts_at_once as decimal(38, 12))
            else 0
        end as contact_share,
        case
            when contacts_at_once = 0 and works_at_once > 0
                then cast(step_seconds / works_at_once as decimal(38, 12))
            else 0
        end as work_share
    from steps

),

-- What one contact, or one work, had of the agent from the first point to this one.
shares_so_far as (

    select
        leg_key,
        attempt_key,
        person_key,
        group_number,
        point,
        point_at,
        coalesce(sum(contact_share) over before_it, 0) as contact_seconds,
        coalesce(sum(work_share) over before_it, 0) as work_seconds
    from shares
    window before_it as (
        partition by person_key, group_number
        order by point_at, leg_key nulls last, attempt_key nulls last, point
        rows between unbounded preceding and 1 preceding
    )

),

exact_shares as (

    select
        leg_key,
        attempt_key,
        person_key,
        group_number,
        min(point_at) as started_at,
        sum(
            case point when 'ended' then contact_seconds when 'started' then -contact_seconds end
        ) as contact_seconds,
        sum(
            case point when 'work_ended' then work_seconds when 'ended' then -work_seconds end
        ) as work_seconds
    from shares_so_far
    group by leg_key, attempt_key, person_key, group_number

),

-- Rounding the running sum instead of each share, so that the shares add up to the whole.
running_shares as (

    select
        leg_key,
        attempt_key,
        person_key,
        started_at,
        contact_seconds,
        work_seconds,
        sum(contact_seconds) over so_far as contact_seconds_so_far,
        sum(work_seconds) over so_far as work_seconds_so_far
    from exact_shares
    window so_far as (
        partition by person_key, group_number
        order by started_at, leg_key nulls last, attempt_key nulls last
        rows between unbounded preceding and current row
    )

),

engagement_split_seconds as (

    select
        leg_key,
        attempt_key,
        person_key,
        started_at,
        {{ seconds_between('started_at', 'ended_at') }} as split_seconds,
        {{ seconds_between('ended_at', 'work_ended_at') }} as split_after_contact_work_seconds
    from timed_engagements
    where is_alone

    union all

    select
        leg_key,
        attempt_key,
        person_key,
        started_at,
        cast(
            round(contact_seconds_so_far, 3)
            - round(contact_seconds_so_far - contact_seconds, 3) as decimal(18, 3)
        ) as split_seconds,
        cast(
            round(work_seconds_so_far, 3)
            - round(work_seconds_so_far - work_seconds, 3) as decimal(18, 3)
        ) as split_after_contact_work_seconds
    from running_shares

)

select * from engagement_split_seconds
