-- One row per agent version, business date and reason for not being ready.
{{ config(materialized='view') }}

with

agent_states as (

    select * from {{ ref('fact_agent_states') }}
    where state = 'auxiliary'

),

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}

),

report_agent_breaks as (

    select
        agent_states.agent_key,
        agent_states.agent_id,
        agent_states.agent_name,
        agent_states.team_key,
        agent_states.team_name,
        agent_intervals.business_date,
        agent_states.standard_reason,
        agent_states.standard_reason in ('break', 'lunch') as is_break,
        count(*) as span_count,
        cast(sum(agent_states.state_seconds) as decimal(18, 3)) as auxiliary_seconds,
        max(agent_states.state_seconds) as longest_seconds
    from agent_states
    inner join agent_intervals
        on
            agent_states.agent_key = agent_intervals.agent_key
            and {{ quarter_hour('agent_states.started_at') }} = agent_intervals.interval_start_at
    group by
        agent_states.agent_key,
        agent_states.agent_id,
        agent_states.agent_name,
        agent_states.team_key,
        agent_states.team_name,
        agent_intervals.business_date,
        agent_states.standard_reason

)

select * from report_agent_breaks
