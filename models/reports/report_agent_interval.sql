-- One row per agent version, length of interval (15, 30 or 60 minutes) and interval.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_touched_dates('fact_agent_intervals', 'interval_date') }}"
) }}

with

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}
    {{ of_touched_dates('fact_agent_intervals', 'interval_date') }}

),

interval_lengths as (

    select 15 as interval_minutes

    union all

    select 30 as interval_minutes

    union all

    select 60 as interval_minutes

),

-- Intervals begin on the clock of the reporting time zone, whose hours may not be those of UTC.
local_intervals as (

    select
        *,
        {{ utc_to_local('interval_start_at', text_of('reporting_timezone')) }}
            as quarter_hour_start_at_local
    from agent_intervals

),

intervals_of_lengths as (

    select
        local_intervals.*,
        interval_lengths.interval_minutes,
        local_intervals.interval_start_at
        - (
            minute(local_intervals.quarter_hour_start_at_local) % interval_lengths.interval_minutes
        ) * interval '1' minute as start_at
    from local_intervals
    cross join interval_lengths

),

report_agent_interval as (

    select
        v.agent_key,
        v.agent_id,
        v.agent_name,
        v.team_key,
        v.team_name,
        v.interval_minutes,
        v.start_at as interval_start_at,
        v.interval_date,
        {{ utc_to_local('v.start_at', text_of('reporting_timezone')) }}
            as interval_start_at_local,
        min(v.logged_in_from_at) as first_logged_in_at,
        max(v.logged_in_until_at) as last_logged_out_at,
        cast(sum(v.staffed_seconds) as decimal(18, 3)) as staffed_seconds,
        cast(sum(v.available_seconds) as decimal(18, 3)) as available_seconds,
        cast(sum(v.ringing_seconds) as decimal(18, 3)) as ringing_seconds,
        cast(sum(v.on_contact_seconds) as decimal(18, 3)) as on_contact_seconds,
        cast(sum(v.after_contact_work_seconds) as decimal(18, 3)) as after_contact_work_seconds,
        cast(sum(v.not_responding_seconds) as decimal(18, 3)) as not_responding_seconds,
        cast(sum(v.auxiliary_seconds) as decimal(18, 3)) as auxiliary_seconds,
        cast(sum(v.break_seconds) as decimal(18, 3)) as break_seconds,
        cast(sum(v.busy_seconds) as decimal(18, 3)) as busy_seconds,
        cast(sum(v.scheduled_seconds) as decimal(18, 3)) as scheduled_seconds,
        cast(sum(v.adherent_seconds) as decimal(18, 3)) as adherent_seconds,
        cast(sum(v.handled_count) as bigint) as handled_count,
        cast(sum(v.agent_offer_count) as bigint) as agent_offer_count,
        cast(sum(v.ring_no_answer_count) as bigint) as ring_no_answer_count,
        {{ occupancy_rate('v') }} as occupancy_rate,
        {{ schedule_adherence('v') }} as schedule_adherence
    from intervals_of_lengths as v
    group by
        v.agent_key,
        v.agent_id,
        v.agent_name,
        v.team_key,
        v.team_name,
        v.interval_minutes,
        v.start_at,
        v.interval_date

)

select * from report_agent_interval
