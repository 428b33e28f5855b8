-- One row per agent version, date and channel.
{{ config(materialized='view') }}

with

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}

),

report_agent_channels as (

    select
        v.agent_key,
        v.agent_id,
        v.agent_name,
        v.team_key,
        v.team_name,
        v.connected_date,
        v.channel_key,
        v.channel_name,
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
    group by
        v.agent_key,
        v.agent_id,
        v.agent_name,
        v.team_key,
        v.team_name,
        v.connected_date,
        v.channel_key,
        v.channel_name

)

select * from report_agent_channels
