-- One row per agent version and UTC quarter hour with a log-in, a contact or a schedule.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_agent_intervals() }}',
    post_hook='{{ note_agent_intervals() }}'
) }}

with

agent_states as (

    select {{ once_in_slices() }} agent_states.*
    from {{ ref('fact_agent_states') }} as agent_states
    {{ within_agent_slices(
        'agent_states.agent_id',
        'agent_states.started_at',
        'agent_states.ended_at',
        key='agent_id',
        slices='int_agent_interval_slices'
    ) }}

),

agent_legs as (

    select agent_legs.*
    from {{ ref('fact_agent_legs') }} as agent_legs
    {{ within_agent_slices(
        'agent_legs.agent_id',
        'agent_legs.connected_at',
        key='agent_id',
        slices='int_agent_interval_slices'
    ) }}
    where
        agent_legs.agent_key >= 0
        and agent_legs.leg_type in ('customer', 'conference', 'consult')

),

engagements as (

    select {{ once_in_slices() }} agent_engagements.*
    from {{ ref('int_agent_engagements') }} as agent_engagements
    {{ within_agent_slices(
        'agent_engagements.person_key',
        'agent_engagements.started_at',
        'agent_engagements.ended_at',
        slices='int_agent_interval_slices'
    ) }}
    where agent_engagements.started_at < agent_engagements.ended_at

),

agent_persons as (

    select * from {{ ref('int_agent_persons') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

agent_versions as (

    select
        agent_persons.person_key,
        dim_agent.agent_key,
        dim_agent.valid_from,
        dim_agent.valid_to
    from dim_agent
    inner join agent_persons
        on
            dim_agent.source_system = agent_persons.source_system
            and dim_agent.source_instance = agent_persons.source_instance
            and dim_agent.agent_code = agent_persons.agent_code

),

schedule_intervals as (

    select * from {{ ref('fact_schedule_intervals') }}

),

state_quarter_hours as (

    select
        *,
        {{ each_quarter_hour(quarter_hour('started_at'), "ended_at - interval '1' microsecond") }}
            as interval_start_at
    from agent_states

),

-- Work on a contact goes on across a change of team; each team has its part.
contact_spans as (

    select
        agent_versions.agent_key,
        greatest(engagements.started_at, agent_versions.valid_from) as started_at,
        least(engagements.ended_at, agent_versions.valid_to) as ended_at
    from engagements
    inner join agent_versions on engagements.person_key = agent_versions.person_key

),

contact_quarter_hours as (

    select
        *,
        {{ each_quarter_hour(quarter_hour('started_at'), "ended_at - interval '1' microsecond") }}
            as interval_start_at
    from contact_spans
    where started_at < ended_at

),

-- What follows on ringing tells how it ended. A caller who gave up leaves the agent available, and
-- an answered contact whose record was lost is still answered.
clipped_spans as (

    select
        agent_key,
        interval_start_at,
        state,
        is_logged_in,
        coalesce(standard_reason in ('break', 'lunch'), false) as is_break,
        coalesce(
            previous_state = 'ringing'
            and (
                state in ('on_contact', 'not_responding')
                or standard_reason = 'contact_without_record'
            )
            and started_at >= interval_start_at,
            false
        ) as is_offer_end,
        coalesce(
            previous_state = 'ringing'
            and state = 'not_responding'
            and started_at >= interval_start_at,
            false
        ) as is_ring_no_answer,
        case when is_logged_in then greatest(started_at, interval_start_at) end
            as logged_in_from_at,
        case
            when is_logged_in then least(ended_at, interval_start_at + interval '15' minute)
        end as logged_in_until_at,
        {{ seconds_between(
            'greatest(started_at, interval_start_at)',
            "least(ended_at, interval_start_at + interval '15' minute)"
        ) }} as seconds,
        0 as handled_count
    from state_quarter_hours

    union all

    select
        agent_key,
        interval_start_at,
        'contact' as state,
        false as is_logged_in,
        false as is_break,
        false as is_offer_end,
        false as is_ring_no_answer,
        cast(null as timestamp) as logged_in_from_at,
        cast(null as timestamp) as logged_in_until_at,
        {{ seconds_between(
            'greatest(started_at, interval_start_at)',
            "least(ended_at, interval_start_at + interval '15' minute)"
        ) }} as seconds,
        0 as handled_count
    from contact_quarter_hours

    union all

    select
        agent_key,
        {{ quarter_hour('connected_at') }} as interval_start_at,
        'handled' as state,
        false as is_logged_in,
        false as is_break,
        false as is_offer_end,
        false as is_ring_no_answer,
        cast(null as timestamp) as logged_in_from_at,
        cast(null as timestamp) as logged_in_until_at,
        0 as seconds,
        handled_count
    from agent_legs

),

interval_totals as (

    select
        agent_key,
        interval_start_at,
        bool_or(is_logged_in) as is_logged_in,
        {{ sum_seconds("state = 'on_contact'") }} as on_contact_seconds,
        {{ sum_seconds("state = 'after_contact_work'") }} as after_contact_work_seconds,
        {{ sum_seconds("state = 'ringing'") }} as ringing_seconds,
        {{ sum_seconds("state = 'not_responding'") }} as not_responding_seconds,
        {{ sum_seconds("state = 'available'") }} as available_seconds,
        {{ sum_seconds("state = 'auxiliary'") }} as auxiliary_seconds,
        {{ sum_seconds("is_break") }} as break_seconds,
        {{ sum_seconds("state = 'contact'") }} as contact_seconds,
        cast(sum(handled_count) as int) as handled_count,
        cast(count(*) filter (where is_offer_end) as int) as agent_offer_count,
        cast(count(*) filter (where is_ring_no_answer) as int) as ring_no_answer_count,
        min(logged_in_from_at) as logged_in_from_at,
        max(logged_in_until_at) as logged_in_until_at
    from clipped_spans
    group by agent_key, interval_start_at

),

schedule_totals as (

    select
        agent_key,
        interval_start_at,
        min(business_date) as business_date,
        sum(paid_seconds) as paid_seconds,
        sum(scheduled_seconds) as scheduled_seconds,
        sum(scheduled_on_contact_seconds) as scheduled_on_contact_seconds,
        sum(adherent_seconds) as adherent_seconds
    from schedule_intervals
    group by agent_key, interval_start_at

),

-- A scheduled quarter hour in which nobody was seen is a row too: the agent was not there, which
-- is known where adherence is.
planned_and_worked_totals as (

    select
        coalesce(interval_totals.agent_key, schedule_totals.agent_key) as agent_key,
        coalesce(interval_totals.interval_start_at, schedule_totals.interval_start_at)
            as interval_start_at,
        coalesce(interval_totals.is_logged_in, schedule_totals.adherent_seconds is not null)
            as is_logged_in,
        {% for state in ['on_contact', 'after_contact_work', 'ringing', 'not_responding',
                         'available', 'auxiliary', 'break', 'contact'] -%}
            coalesce(interval_totals.{{ state }}_seconds, cast(0 as decimal(18, 3)))
                as {{ state }}_seconds,
        {% endfor -%}
        coalesce(interval_totals.handled_count, 0) as handled_count,
        coalesce(interval_totals.agent_offer_count, 0) as agent_offer_count,
        coalesce(interval_totals.ring_no_answer_count, 0) as ring_no_answer_count,
        interval_totals.logged_in_from_at,
        interval_totals.logged_in_until_at,
        cast(schedule_totals.paid_seconds as decimal(18, 3)) as paid_seconds,
        cast(schedule_totals.scheduled_seconds as decimal(18, 3)) as scheduled_seconds,
        cast(schedule_totals.scheduled_on_contact_seconds as decimal(18, 3))
            as scheduled_on_contact_seconds,
        cast(schedule_totals.adherent_seconds as decimal(18, 3)) as adherent_seconds,
        schedule_totals.business_date
    from interval_totals
    full outer join schedule_totals
        on
            interval_totals.agent_key = schedule_totals.agent_key
            and interval_totals.interval_start_at = schedule_totals.interval_start_at

),

dated_totals as (

    select
        *,
        {{ reporting_date('interval_start_at') }} as interval_date
    from planned_and_worked_totals

),

-- Where no phone was seen to ring all day, nobody knows how often it did.
days_with_rings as (

    select
        agent_key,
        interval_date
    from dated_totals
    where ringing_seconds > 0 or agent_offer_count > 0
    group by agent_key, interval_date

),

totals_of_days as (

    select
        dated_totals.*,
        dated_totals.is_logged_in and days_with_rings.agent_key is not null as knows_rings
    from dated_totals
    left join days_with_rings
        on
            dated_totals.agent_key = days_with_rings.agent_key
            and dated_totals.interval_date = days_with_rings.interval_date

),

fact_agent_intervals as (

    select
        interval_totals.agent_key,
        dim_agent.team_key,
        dim_agent.source_system,
        dim_agent.source_instance,

        dim_agent.agent_id,
        dim_agent.agent_name,
        dim_agent.team_name,

        -- Without a log-in nobody knows how long the agent was there: NULL, never 0.
        case
            when interval_totals.is_logged_in
                then cast(
                    interval_totals.on_contact_seconds
                    + interval_totals.after_contact_work_seconds
                    + interval_totals.ringing_seconds
                    + interval_totals.not_responding_seconds
                    + interval_totals.available_seconds
                    + interval_totals.auxiliary_seconds
                    as decimal(18, 3)
                )
        end as staffed_seconds,
        interval_totals.on_contact_seconds,
        interval_totals.after_contact_work_seconds,
        interval_totals.ringing_seconds,
        interval_totals.not_responding_seconds,
        case when interval_totals.is_logged_in then interval_totals.available_seconds end
            as available_seconds,
        case when interval_totals.is_logged_in then interval_totals.auxiliary_seconds end
            as auxiliary_seconds,
        case when interval_totals.is_logged_in then interval_totals.break_seconds end
            as break_seconds,
        cast(
            interval_totals.on_contact_seconds + interval_totals.after_contact_work_seconds
            as decimal(18, 3)
        ) as busy_seconds,
        interval_totals.contact_seconds,
        interval_totals.handled_count,
        case when interval_totals.knows_rings then interval_totals.agent_offer_count end
            as agent_offer_count,
        case when interval_totals.knows_rings then interval_totals.ring_no_answer_count end
            as ring_no_answer_count,

        interval_totals.paid_seconds,
        interval_totals.scheduled_seconds,
        interval_totals.scheduled_on_contact_seconds,
        interval_totals.adherent_seconds,

        interval_totals.logged_in_from_at,
        interval_totals.logged_in_until_at,
        interval_totals.interval_start_at,
        interval_totals.interval_date,
        coalesce(interval_totals.business_date, interval_totals.interval_date) as business_date
    from totals_of_days as interval_totals
    inner join dim_agent on interval_totals.agent_key = dim_agent.agent_key
    {{ on_dates_of_agent_slices(
        'dim_agent.agent_id', 'interval_totals.interval_date', 'interval_totals.interval_start_at'
    ) }}

)

select * from fact_agent_intervals
