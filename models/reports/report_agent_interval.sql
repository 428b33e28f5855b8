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

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

-- Intervals begin on the clock of the reporting time zone, whose hours may not be those of UTC.
local_intervals as (

    select
        *,
        minute({{ utc_to_local('interval_start_at', text_of('reporting_timezone')) }})
            as minute_of_hour
    from agent_intervals

),

intervals_of_lengths as (

    select
        *,
        interval_start_at - (minute_of_hour % 15) * interval '1' minute as quarter_hour_at,
        interval_start_at - (minute_of_hour % 30) * interval '1' minute as half_hour_at,
        interval_start_at - minute_of_hour * interval '1' minute as hour_at
    from local_intervals

),

added_up_intervals as (

    select
        v.agent_key,
        case
            when v.quarter_hour_at is not null then 15
            when v.half_hour_at is not null then 30
            else 60
        end as interval_minutes,
        coalesce(v.quarter_hour_at, v.half_hour_at, v.hour_at) as interval_start_at,
        min(v.interval_date) as interval_date,
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
        grouping sets (
            (v.agent_key, v.quarter_hour_at), (v.agent_key, v.half_hour_at), (v.agent_key, v.hour_at)
        )

),

-- Names are looked up where rows are fewest: to group by them would cost more than all the rest.
report_agent_interval as (

    select
        added_up_intervals.*,
        dim_agent.agent_id,
        dim_agent.agent_name,
        dim_agent.team_key,
        dim_agent.team_name,
        {{ utc_to_local('added_up_intervals.interval_start_at', text_of('reporting_timezone')) }}
            as interval_start_at_local
    from added_up_intervals
    inner join dim_agent on added_up_intervals.agent_key = dim_agent.agent_key

)

select * from report_agent_interval
