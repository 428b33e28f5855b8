-- One row per agent and business date on which the agent was planned, logged in or on a contact.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('report_agent_activity', 'business_date') }}"
) }}

with

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}
    {{ of_touched_dates('report_agent_activity', 'business_date') }}

),

schedule_intervals as (

    select * from {{ ref('fact_schedule_intervals') }}
    {{ of_touched_dates('report_agent_activity', 'business_date') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

-- An agent who changed team is of the team that the day ended in: one day, one shift.
worked_days as (

    select
        v.agent_id,
        v.business_date,
        {{ value_at_last('v.agent_key', '(v.interval_start_at, v.agent_key)') }} as agent_key,
        min(v.logged_in_from_at) as first_logged_in_at,
        max(v.logged_in_until_at) as last_logged_out_at,
        sum(v.staffed_seconds) as staffed_seconds,
        sum(v.on_contact_seconds) as on_contact_seconds,
        sum(v.after_contact_work_seconds) as after_contact_work_seconds,
        sum(v.ringing_seconds) as ringing_seconds,
        sum(v.not_responding_seconds) as not_responding_seconds,
        sum(v.available_seconds) as available_seconds,
        sum(v.auxiliary_seconds) as auxiliary_seconds,
        sum(v.break_seconds) as break_seconds,
        cast(sum(v.handled_count) as bigint) as handled_count,
        {{ occupancy_rate('v') }} as occupancy_rate,
        {{ contacts_per_agent_hour('v') }} as contacts_per_agent_hour,
        {{ ring_no_answer_rate('v') }} as ring_no_answer_rate
    from agent_intervals as v
    where v.agent_key >= 0
    group by v.agent_id, v.business_date

),

planned_quarter_hours as (

    select
        agent_id,
        business_date,
        interval_start_at,
        sum(scheduled_seconds) as scheduled_seconds
    from schedule_intervals
    where scheduled_seconds > 0
    group by agent_id, business_date, interval_start_at

),

-- The first quarter hour of a shift is planned to its end, and the last one from its start.
shifts as (

    select
        agent_id,
        business_date,
        min({{ seconds_after('interval_start_at', '(900 - scheduled_seconds)') }})
            as scheduled_start_at,
        max({{ seconds_after('interval_start_at', 'scheduled_seconds') }}) as scheduled_end_at
    from planned_quarter_hours
    group by agent_id, business_date

),

planned_days as (

    select
        v.agent_id,
        v.business_date,
        sum(v.scheduled_seconds) as scheduled_seconds,
        sum(v.scheduled_on_contact_seconds) as scheduled_on_contact_seconds,
        sum(v.adherent_seconds) as adherent_seconds,
        sum(v.worked_on_contact_seconds) as worked_on_contact_seconds,
        sum(v.overtime_seconds) as overtime_seconds,
        sum(v.external_shrinkage_seconds) as absent_seconds,
        {{ schedule_adherence('v') }} as schedule_adherence,
        {{ schedule_conformance('v') }} as schedule_conformance
    from schedule_intervals as v
    group by v.agent_id, v.business_date

),

report_agent_activity as (

    select
        worked_days.agent_id,
        worked_days.business_date,
        dim_agent.agent_name,
        dim_agent.team_key,
        dim_agent.team_name,
        dim_agent.department,
        dim_agent.time_zone,

        shifts.scheduled_start_at,
        shifts.scheduled_end_at,
        worked_days.first_logged_in_at,
        worked_days.last_logged_out_at,
        {% for name in ['shifts.scheduled_start_at', 'shifts.scheduled_end_at',
                        'worked_days.first_logged_in_at', 'worked_days.last_logged_out_at'] -%}
            {{ utc_to_local(
                name, "coalesce(dim_agent.time_zone, " ~ text_of('reporting_timezone') ~ ")"
            ) }} as {{ name.split('.')[1] }}_local,
        {% endfor %}
        -- Whoever was not there all day is absent, neither late nor early.
        case
            when worked_days.first_logged_in_at <= shifts.scheduled_start_at
                then cast(0 as decimal(18, 3))
            else {{ seconds_between(
                'shifts.scheduled_start_at', 'worked_days.first_logged_in_at'
            ) }}
        end as late_seconds,
        case
            when worked_days.last_logged_out_at >= shifts.scheduled_end_at
                then cast(0 as decimal(18, 3))
            else {{ seconds_between(
                'worked_days.last_logged_out_at', 'shifts.scheduled_end_at'
            ) }}
        end as left_early_seconds,

        cast(planned_days.scheduled_seconds as double) / 3600 as scheduled_hours,
        cast(worked_days.staffed_seconds as double) / 3600 as staffed_hours,
        cast(planned_days.absent_seconds as double) / 3600 as absent_hours,
        cast(planned_days.overtime_seconds as double) / 3600 as overtime_hours,
        cast(worked_days.on_contact_seconds as decimal(18, 3)) as on_contact_seconds,
        cast(worked_days.after_contact_work_seconds as decimal(18, 3))
            as after_contact_work_seconds,
        cast(worked_days.ringing_seconds as decimal(18, 3)) as ringing_seconds,
        cast(worked_days.not_responding_seconds as decimal(18, 3)) as not_responding_seconds,
        cast(worked_days.available_seconds as decimal(18, 3)) as available_seconds,
        cast(worked_days.auxiliary_seconds as decimal(18, 3)) as auxiliary_seconds,
        cast(worked_days.break_seconds as decimal(18, 3)) as break_seconds,
        cast(planned_days.scheduled_on_contact_seconds as decimal(18, 3))
            as scheduled_on_contact_seconds,
        cast(planned_days.worked_on_contact_seconds as decimal(18, 3))
            as worked_on_contact_seconds,
        cast(planned_days.adherent_seconds as decimal(18, 3)) as adherent_seconds,
        worked_days.handled_count,

        worked_days.occupancy_rate,
        planned_days.schedule_adherence,
        planned_days.schedule_conformance,
        worked_days.contacts_per_agent_hour,
        worked_days.ring_no_answer_rate
    from worked_days
    inner join dim_agent on worked_days.agent_key = dim_agent.agent_key
    left join planned_days
        on
            worked_days.agent_id = planned_days.agent_id
            and worked_days.business_date = planned_days.business_date
    left join shifts
        on
            worked_days.agent_id = shifts.agent_id
            and worked_days.business_date = shifts.business_date

)

select * from report_agent_activity
