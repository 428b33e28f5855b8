-- One row per date and agent version, legs when connected and time by the clock.
with

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}

),

time_kpis as (

    select
        i.interval_date,
        i.agent_key,
        i.agent_id,
        i.agent_name,
        i.team_key,
        i.team_name,
        cast(sum(i.handled_count) as bigint) as handled_count,
        cast(sum(i.staffed_seconds) as decimal(18, 3)) as staffed_seconds,
        {{ occupancy_rate('i') }} as occupancy_rate
    from agent_intervals as i
    group by i.interval_date, i.agent_key, i.agent_id, i.agent_name, i.team_key, i.team_name

),

leg_kpis as (

    select
        l.connected_date,
        l.agent_key,
        {{ average_handle_time('l') }} as average_handle_time,
        {{ average_talk_time('l') }} as average_talk_time,
        {{ average_hold_time('l') }} as average_hold_time,
        {{ average_after_contact_work_time('l') }} as average_after_contact_work_time,
        {{ transfer_rate('l') }} as transfer_rate
    from agent_legs as l
    group by l.connected_date, l.agent_key

),

kpi_daily_by_agent as (

    select
        time_kpis.interval_date,
        time_kpis.agent_key,
        time_kpis.team_key,
        time_kpis.agent_id,
        time_kpis.agent_name,
        time_kpis.team_name,
        time_kpis.handled_count,
        time_kpis.staffed_seconds,
        time_kpis.occupancy_rate,
        leg_kpis.average_handle_time,
        leg_kpis.average_talk_time,
        leg_kpis.average_hold_time,
        leg_kpis.average_after_contact_work_time,
        leg_kpis.transfer_rate
    from time_kpis
    left join leg_kpis
        on
            time_kpis.interval_date = leg_kpis.connected_date
            and time_kpis.agent_key = leg_kpis.agent_key

)

select * from kpi_daily_by_agent
