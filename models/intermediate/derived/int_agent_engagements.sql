-- One row per span in which an agent was on a contact, dialing inside, or dialed in vain.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_agent_slices('started_at') }}"
) }}

with

agent_persons as (

    select * from {{ ref('int_agent_persons') }}

),

agent_legs as (

    select * from {{ ref('int_agent_legs') }}
    where
        leg_type in ('customer', 'conference', 'consult')
        {{ since_agent_slices('connected_at') }}
        and ended_at is not null

),

-- An attempt that connected an agent is a leg, and its dialing is inside that.
attempts_in_vain as (

    select * from {{ ref('int_outbound_attempts') }}
    where agent_connected_at is null and dial_seconds > 0

),

engagements as (

    select
        source_system,
        source_instance,
        agent_code,
        leg_key,
        null as attempt_key,
        {{ seconds_after('connected_at', '-coalesce(dial_seconds, 0)') }} as started_at,
        ended_at,
        after_contact_work_seconds
    from agent_legs

    union all

    select
        source_system,
        source_instance,
        agent_code,
        null as leg_key,
        attempt_key,
        dialed_at as started_at,
        {{ seconds_after('dialed_at', 'dial_seconds') }} as ended_at,
        null as after_contact_work_seconds
    from attempts_in_vain

),

engagements_of_persons as (

    select
        agent_persons.person_key,
        engagements.leg_key,
        engagements.attempt_key,
        engagements.after_contact_work_seconds,
        engagements.started_at,
        engagements.ended_at,
        {{ seconds_after(
            'engagements.ended_at', 'coalesce(engagements.after_contact_work_seconds, 0)'
        ) }} as work_ended_at
    from engagements
    inner join agent_persons
        on
            engagements.source_system = agent_persons.source_system
            and engagements.source_instance = agent_persons.source_instance
            and engagements.agent_code = agent_persons.agent_code
    {{ within_agent_slices('agent_persons.person_key', 'engagements.started_at') }}

),

engagements_in_order as (

    select
        *,
        max(work_ended_at) over (
            partition by person_key
            order by started_at, leg_key nulls last, attempt_key nulls last
            rows between unbounded preceding and 1 preceding
        ) as busy_until,
        lead(started_at) over (
            partition by person_key
            order by started_at, leg_key nulls last, attempt_key nulls last
        ) as next_started_at
    from engagements_of_persons

),

-- Most are alone, and so is the work after them. One that begins as another ends is not.
agent_engagements as (

    select
        person_key,
        leg_key,
        attempt_key,
        after_contact_work_seconds,
        started_at,
        ended_at,
        coalesce(started_at > busy_until, true)
        and coalesce(next_started_at > work_ended_at, true)
            as is_alone
    from engagements_in_order

)

select * from agent_engagements
