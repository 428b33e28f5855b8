-- One row per agent version, UTC quarter hour and planned activity, or none for unplanned work.
{#
    Plan and states are clipped to quarter hours and meet within one by equality. What an agent did
    while nothing was planned is the rest of the quarter hour: its seconds less those under a plan.
    Without states nobody knows whether a plan was kept, and without a plan of the day nobody knows
    whether work was beside one: NULL, or no row, and never 0.
#}
{% set tolerance = number_of('adherence_tolerance_seconds') %}
with

planned_activities as (

    select * from {{ ref('int_planned_activities') }}

),

activities as (

    select * from {{ ref('schedule_activities') }}

),

state_reasons as (

    select * from {{ ref('state_reasons') }}

),

plan_horizons as (

    select * from {{ ref('int_plan_horizons') }}

),

agent_states as (

    select
        agent_states.*,
        plan_horizons.counts_from_at,
        plan_horizons.counts_to_at
    from {{ ref('fact_agent_states') }} as agent_states
    inner join plan_horizons
        on
            agent_states.source_system = plan_horizons.source_system
            and agent_states.source_instance = plan_horizons.source_instance
            and plan_horizons.are_states_known
    where agent_states.source_system in ({{ sources_that_deliver('schedule_activities') }})

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

-- Work after a contact belongs to it: an overrun began with the contact.
states_with_contact as (

    select
        *,
        lag(started_at) over (
            partition by agent_id
            order by started_at
        ) as previous_started_at
    from agent_states

),

kept_states as (

    select
        states.agent_key,
        states.started_at,
        states.ended_at,
        states.counts_from_at,
        states.counts_to_at,
        states.state in ('on_contact', 'after_contact_work', 'ringing', 'available')
            as is_on_contact_time,
        state_reasons.activity_code,
        case
            when
                states.state = 'after_contact_work'
                and states.previous_state = 'on_contact'
                then states.previous_started_at
            when states.state in ('on_contact', 'after_contact_work') then states.started_at
        end as contact_started_at
    from states_with_contact as states
    left join state_reasons on states.standard_reason = state_reasons.reason_code

),

state_quarter_hours as (

    select
        *,
        {{ each_quarter_hour(
            quarter_hour('started_at'),
            quarter_hour("ended_at - interval '1' microsecond")
        ) }} as interval_start_at
    from kept_states

),

state_pieces as (

    select
        agent_key,
        interval_start_at,
        is_on_contact_time,
        activity_code,
        contact_started_at,
        greatest(started_at, interval_start_at) as starts_at,
        least(ended_at, interval_start_at + interval '15' minute) as ends_at
    from state_quarter_hours
    where interval_start_at >= counts_from_at and interval_start_at < counts_to_at

),

-- A plan goes on across a change of team; each team has its part.
planned_time as (

    select
        dim_agent.agent_key,
        planned_activities.activity_code,
        planned_activities.business_date,
        planned_activities.is_in_force,
        planned_activities.is_latest,
        planned_activities.starts_at as activity_starts_at,
        greatest(planned_activities.starts_at, dim_agent.valid_from) as starts_at,
        least(planned_activities.ends_at, dim_agent.valid_to) as ends_at
    from planned_activities
    inner join dim_agent
        on
            planned_activities.source_system = dim_agent.source_system
            and planned_activities.source_instance = dim_agent.source_instance
            and planned_activities.agent_code = dim_agent.agent_code
            and planned_activities.starts_at < dim_agent.valid_to
            and planned_activities.ends_at > dim_agent.valid_from

),

plan_quarter_hours as (

    select
        *,
        {{ each_quarter_hour(
            quarter_hour('starts_at'),
            quarter_hour("ends_at - interval '1' microsecond")
        ) }} as interval_start_at
    from planned_time

),

plan_pieces as (

    select
        quarter_hours.agent_key,
        quarter_hours.interval_start_at,
        quarter_hours.activity_code,
        quarter_hours.business_date,
        quarter_hours.is_in_force,
        quarter_hours.is_latest,
        activities.is_on_contact_time,
        activities.is_away_allowed,
        activities.is_adherence_counted,
        quarter_hours.activity_starts_at,
        greatest(quarter_hours.starts_at, quarter_hours.interval_start_at) as starts_at,
        least(quarter_hours.ends_at, quarter_hours.interval_start_at + interval '15' minute)
            as ends_at
    from plan_quarter_hours as quarter_hours
    inner join activities on quarter_hours.activity_code = activities.activity_code

),

-- Before judged_from the tolerance holds.
tolerant_pieces as (

    select
        *,
        least(
            ends_at,
            greatest(starts_at, activity_starts_at + interval '{{ tolerance }}' second)
        ) as judged_from
    from plan_pieces

),

matches as (

    select
        planned_time.agent_key,
        planned_time.interval_start_at,
        planned_time.activity_code,
        planned_time.is_in_force,
        planned_time.is_latest,
        planned_time.starts_at,
        {{ seconds_between(
            'greatest(planned_time.starts_at, states.starts_at)',
            'least(planned_time.ends_at, states.ends_at)'
        ) }} as staffed_seconds,
        {{ seconds_between(
            'least(
                greatest(planned_time.judged_from, states.starts_at),
                planned_time.ends_at,
                states.ends_at
            )',
            'least(planned_time.ends_at, states.ends_at)'
        ) }} as judged_seconds,
        states.is_on_contact_time,
        (planned_time.is_on_contact_time and states.is_on_contact_time)
        or coalesce(planned_time.activity_code = states.activity_code, false) as is_kept,
        coalesce(
            planned_time.is_adherence_counted
            and not planned_time.is_on_contact_time
            and states.contact_started_at < planned_time.activity_starts_at,
            false
        ) as is_overrun
    from tolerant_pieces as planned_time
    inner join state_pieces as states
        on
            planned_time.agent_key = states.agent_key
            and planned_time.interval_start_at = states.interval_start_at
            and planned_time.starts_at < states.ends_at
            and planned_time.ends_at > states.starts_at

),

matched_pieces as (

    select
        agent_key,
        interval_start_at,
        activity_code,
        is_in_force,
        is_latest,
        starts_at,
        sum(staffed_seconds) as staffed_seconds,
        sum(judged_seconds) as judged_seconds,
        sum(case when is_kept then staffed_seconds else 0 end) as worked_seconds,
        sum(case when is_on_contact_time then staffed_seconds else 0 end)
            as worked_on_contact_seconds,
        sum(case when is_kept or is_overrun then judged_seconds else 0 end) as kept_seconds,
        sum(case when is_overrun then staffed_seconds else 0 end) as overrun_seconds
    from matches
    group by agent_key, interval_start_at, activity_code, is_in_force, is_latest, starts_at

),

judged_pieces as (

    select
        pieces.agent_key,
        pieces.interval_start_at,
        pieces.activity_code,
        pieces.business_date,
        pieces.is_in_force,
        pieces.is_latest,
        pieces.is_adherence_counted,
        pieces.is_in_force and pieces.activity_starts_at = pieces.starts_at as is_activity_start,
        {{ seconds_between('pieces.starts_at', 'pieces.ends_at') }} as planned_seconds,
        case
            when pieces.is_adherence_counted
                then
                    {{ seconds_between('pieces.starts_at', 'pieces.judged_from') }}
                    + coalesce(matches.kept_seconds, 0)
                    + case
                        when pieces.is_away_allowed
                            then
                                {{ seconds_between('pieces.judged_from', 'pieces.ends_at') }}
                                - coalesce(matches.judged_seconds, 0)
                        else 0
                    end
            else 0
        end as adherent_seconds,
        coalesce(matches.staffed_seconds, 0) as staffed_seconds,
        coalesce(matches.worked_seconds, 0) as worked_seconds,
        coalesce(matches.worked_on_contact_seconds, 0) as worked_on_contact_seconds,
        coalesce(matches.overrun_seconds, 0) as overrun_seconds
    from tolerant_pieces as pieces
    left join matched_pieces as matches
        on
            pieces.agent_key = matches.agent_key
            and pieces.interval_start_at = matches.interval_start_at
            and pieces.activity_code = matches.activity_code
            and pieces.is_in_force = matches.is_in_force
            and pieces.is_latest = matches.is_latest
            and pieces.starts_at = matches.starts_at

),

planned_totals as (

    select
        agent_key,
        interval_start_at,
        activity_code,
        min(business_date) as business_date,
        sum(case when is_activity_start then 1 else 0 end) as activity_count,
        sum(case when is_in_force then planned_seconds else 0 end) as planned_seconds,
        sum(case when is_in_force then adherent_seconds else 0 end) as adherent_seconds,
        sum(case when is_in_force then staffed_seconds else 0 end) as staffed_seconds,
        sum(case when is_in_force then worked_seconds else 0 end) as worked_seconds,
        sum(case when is_in_force then worked_on_contact_seconds else 0 end)
            as worked_on_contact_seconds,
        sum(case when is_in_force then overrun_seconds else 0 end) as overrun_seconds,
        sum(case when is_latest then planned_seconds else 0 end) as latest_planned_seconds,
        sum(case when is_latest then adherent_seconds else 0 end) as latest_adherent_seconds,
        sum(case when is_latest then staffed_seconds else 0 end) as latest_staffed_seconds
    from judged_pieces
    group by agent_key, interval_start_at, activity_code

),

staffed_totals as (

    select
        agent_key,
        interval_start_at,
        sum({{ seconds_between('starts_at', 'ends_at') }}) as staffed_seconds,
        sum(
            case
                when is_on_contact_time then {{ seconds_between('starts_at', 'ends_at') }} else 0
            end
        ) as worked_on_contact_seconds
    from state_pieces
    group by agent_key, interval_start_at

),

totals_under_a_plan as (

    select
        agent_key,
        interval_start_at,
        sum(staffed_seconds) as staffed_seconds,
        sum(worked_on_contact_seconds) as worked_on_contact_seconds,
        sum(latest_staffed_seconds) as latest_staffed_seconds
    from planned_totals
    group by agent_key, interval_start_at

),

unplanned_totals as (

    select
        staffed_totals.agent_key,
        staffed_totals.interval_start_at,
        staffed_totals.staffed_seconds - coalesce(planned_time.staffed_seconds, 0)
            as staffed_seconds,
        staffed_totals.worked_on_contact_seconds
        - coalesce(planned_time.worked_on_contact_seconds, 0)
            as worked_on_contact_seconds,
        staffed_totals.staffed_seconds - coalesce(planned_time.latest_staffed_seconds, 0)
            as overtime_seconds
    from staffed_totals
    left join totals_under_a_plan as planned_time
        on
            staffed_totals.agent_key = planned_time.agent_key
            and staffed_totals.interval_start_at = planned_time.interval_start_at

),

interval_totals as (

    select
        agent_key,
        interval_start_at,
        activity_code,
        business_date,
        activity_count,
        planned_seconds,
        adherent_seconds,
        staffed_seconds,
        worked_seconds,
        worked_on_contact_seconds,
        overrun_seconds,
        latest_planned_seconds,
        latest_adherent_seconds,
        0 as overtime_seconds
    from planned_totals

    union all

    select
        agent_key,
        interval_start_at,
        'none' as activity_code,
        null as business_date,
        0 as activity_count,
        0 as planned_seconds,
        0 as adherent_seconds,
        staffed_seconds,
        staffed_seconds as worked_seconds,
        worked_on_contact_seconds,
        0 as overrun_seconds,
        0 as latest_planned_seconds,
        0 as latest_adherent_seconds,
        overtime_seconds
    from unplanned_totals
    where staffed_seconds > 0 or overtime_seconds > 0

),

totals_with_agent as (

    select
        interval_totals.*,
        dim_agent.agent_id,
        dim_agent.agent_name,
        dim_agent.team_key,
        dim_agent.team_name,
        dim_agent.source_system,
        dim_agent.source_instance,
        plan_horizons.is_work_known,
        plan_horizons.are_states_known,
        activities.activity_name,
        activities.is_on_contact_time,
        activities.is_adherence_counted,
        activities.is_paid,
        activities.shrinkage_kind
    from interval_totals
    inner join dim_agent on interval_totals.agent_key = dim_agent.agent_key
    inner join plan_horizons
        on
            dim_agent.source_system = plan_horizons.source_system
            and dim_agent.source_instance = plan_horizons.source_instance
    inner join activities on interval_totals.activity_code = activities.activity_code

),

-- Time beside a shift, with no quarter hour between, belongs to the business date of the shift.
gaps as (

    select
        *,
        coalesce(
            lag(interval_start_at) over (
                partition by agent_id order by interval_start_at, activity_code, agent_key
            ) < interval_start_at - interval '15' minute,
            true
        ) as is_first_of_run
    from totals_with_agent

),

runs as (

    select
        *,
        sum(case when is_first_of_run then 1 else 0 end) over (
            partition by agent_id
            order by interval_start_at, activity_code, agent_key
            rows between unbounded preceding and current row
        ) as run_number
    from gaps

),

dated_totals as (

    select
        *,
        coalesce(
            business_date,
            -- Of the same quarter hour, else of the last planned one before, else of the first.
            min(business_date) over (partition by agent_id, run_number, interval_start_at),
            max(business_date) over (
                partition by agent_id, run_number
                order by interval_start_at
                range between unbounded preceding and current row
            ),
            min(business_date) over (partition by agent_id, run_number),
            {{ reporting_date('interval_start_at') }}
        ) as shift_date
    from runs

),

days_with_plans as (

    select
        *,
        bool_or(activity_code <> 'none') over (partition by agent_id, shift_date) as is_planned_day
    from dated_totals

),

fact_schedule_intervals as (

    select
        agent_key,
        team_key,
        source_system,
        source_instance,

        agent_id,
        agent_name,
        team_name,
        activity_code,
        activity_name,

        cast(activity_count as int) as scheduled_activity_count,

        {{ seconds_where('is_adherence_counted', 'planned_seconds') }} as scheduled_seconds,
        {{ seconds_where('not is_adherence_counted', 'planned_seconds') }}
            as scheduled_unjudged_seconds,
        {{ seconds_where('is_on_contact_time', 'planned_seconds') }}
            as scheduled_on_contact_seconds,
        {% for column in ['adherent_seconds', 'overrun_seconds', 'staffed_seconds',
                          'worked_seconds', 'worked_on_contact_seconds'] -%}
            cast(case when are_states_known then {{ column }} end as decimal(18, 3))
                as {{ column }},
        {% endfor %}
        {{ seconds_where('is_adherence_counted', 'latest_planned_seconds') }}
            as latest_scheduled_seconds,
        {{ seconds_where('not is_adherence_counted', 'latest_planned_seconds') }}
            as latest_scheduled_unjudged_seconds,
        cast(case when are_states_known then latest_adherent_seconds end as decimal(18, 3))
            as latest_adherent_seconds,

        case
            when is_work_known then {{ seconds_where('is_paid', 'latest_planned_seconds') }}
        end as paid_seconds,
        cast(case when are_states_known then overtime_seconds end as decimal(18, 3))
            as overtime_seconds,
        {{ seconds_where("shrinkage_kind = 'external'", 'latest_planned_seconds') }}
            as external_shrinkage_seconds,
        {{ seconds_where("shrinkage_kind = 'internal'", 'latest_planned_seconds') }}
            as internal_shrinkage_seconds,
        {{ seconds_where("activity_code = 'break'", 'latest_planned_seconds') }} as break_seconds,
        {{ seconds_where("is_paid or shrinkage_kind = 'external'",
                         'latest_planned_seconds + overtime_seconds') }}
            as shrinkage_base_seconds,

        shift_date as business_date,
        interval_start_at,
        {{ reporting_date('interval_start_at') }} as interval_date
    from days_with_plans
    where is_planned_day

)

select * from fact_schedule_intervals
