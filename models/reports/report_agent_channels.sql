-- One row per agent version, date and channel.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_agent_legs', 'connected_date') }}"
) }}

with

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    {{ of_touched_dates('fact_agent_legs', 'connected_date') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

-- By keys alone: names that are grouped by cost more than all sums.
legs_per_channel as (

    select
        v.agent_key,
        v.connected_date,
        v.channel_key,
        cast(sum(v.handled_count) as bigint) as handled_count,
        cast(sum(case when v.direction = 'outbound' then v.handled_count else 0 end) as bigint)
            as outbound_handled_count,
        cast(sum(v.transferred_count) as bigint) as transferred_count,
        cast(sum(case when v.handled_count = 1 then v.handle_seconds end) as decimal(18, 3))
            as handle_seconds,
        cast(sum(v.split_seconds + v.split_after_contact_work_seconds) as decimal(18, 3))
            as active_seconds,
        {{ average_handle_time('v') }} as average_handle_time,
        {{ average_talk_time('v') }} as average_talk_time,
        {{ average_hold_time('v') }} as average_hold_time,
        {{ average_after_contact_work_time('v') }} as average_after_contact_work_time,
        {{ transfer_rate('v') }} as transfer_rate
    from agent_legs as v
    group by v.agent_key, v.connected_date, v.channel_key

),

report_agent_channels as (

    select
        legs_per_channel.agent_key,
        dim_agent.agent_id,
        dim_agent.agent_name,
        dim_agent.team_key,
        dim_agent.team_name,
        legs_per_channel.connected_date,
        legs_per_channel.channel_key,
        dim_channel.channel_name,
        legs_per_channel.handled_count,
        legs_per_channel.outbound_handled_count,
        legs_per_channel.transferred_count,
        legs_per_channel.handle_seconds,
        legs_per_channel.active_seconds,
        legs_per_channel.average_handle_time,
        legs_per_channel.average_talk_time,
        legs_per_channel.average_hold_time,
        legs_per_channel.average_after_contact_work_time,
        legs_per_channel.transfer_rate
    from legs_per_channel
    inner join dim_agent on legs_per_channel.agent_key = dim_agent.agent_key
    inner join dim_channel on legs_per_channel.channel_key = dim_channel.channel_key

)

select * from report_agent_channels
