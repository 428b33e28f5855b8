-- One row per agent version, business date and reason for not being ready.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_agent_intervals', 'business_date') }}"
) }}

with

agent_states as (

    select * from {{ ref('fact_agent_states') }}
    where state = 'auxiliary'

),

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}
    {{ of_touched_dates('fact_agent_intervals', 'business_date') }}

),

dim_agent as (

    select * from {{ ref('dim_agent') }}

),

spans_per_reason as (

    select
        agent_states.agent_key,
        agent_intervals.business_date,
        agent_states.standard_reason,
        count(*) as span_count,
        cast(sum(agent_states.state_seconds) as decimal(18, 3)) as auxiliary_seconds,
        max(agent_states.state_seconds) as longest_seconds
    from agent_states
    inner join agent_intervals
        on
            agent_states.agent_key = agent_intervals.agent_key
            and {{ quarter_hour('agent_states.started_at') }} = agent_intervals.interval_start_at
    group by
        agent_states.agent_key, agent_intervals.business_date, agent_states.standard_reason

),

report_agent_breaks as (

    select
        spans_per_reason.agent_key,
        dim_agent.agent_id,
        dim_agent.agent_name,
        dim_agent.team_key,
        dim_agent.team_name,
        spans_per_reason.business_date,
        spans_per_reason.standard_reason,
        spans_per_reason.standard_reason in ('break', 'lunch') as is_break,
        spans_per_reason.span_count,
        spans_per_reason.auxiliary_seconds,
        spans_per_reason.longest_seconds
    from spans_per_reason
    inner join dim_agent on spans_per_reason.agent_key = dim_agent.agent_key

)

select * from report_agent_breaks
