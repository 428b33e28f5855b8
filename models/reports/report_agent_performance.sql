-- One row per period (day, week, month) and agent.
{%- set kpis = [
    'contacts_handled', 'contacts_per_agent_hour', 'average_first_response_time',
    'average_response_time', 'average_handle_time', 'average_talk_time', 'average_hold_time',
    'average_after_contact_work_time', 'transfer_rate', 'first_contact_resolution',
    'customer_satisfaction', 'quality_score', 'occupancy_rate', 'schedule_adherence',
] %}
{%- set judged = [
    'first_contact_resolution', 'customer_satisfaction', 'quality_score', 'occupancy_rate',
    'schedule_adherence',
] %}
{%- set parts = {
    'handle_known_count': ['average_handle_time', 'denominator', 'bigint'],
    'handle_seconds': ['average_handle_time', 'numerator', 'decimal(18, 3)'],
    'busy_seconds': ['occupancy_rate', 'numerator', 'decimal(18, 3)'],
    'busy_and_available_seconds': ['occupancy_rate', 'denominator', 'decimal(18, 3)'],
    'staffed_hours': ['contacts_per_agent_hour', 'denominator', 'double'],
    'resolution_known_count': ['first_contact_resolution', 'denominator', 'bigint'],
    'resolved_count': ['first_contact_resolution', 'numerator', 'bigint'],
    'satisfaction_answered_count': ['customer_satisfaction', 'denominator', 'bigint'],
    'satisfied_count': ['customer_satisfaction', 'numerator', 'bigint'],
    'response_count': ['average_response_time', 'denominator', 'bigint'],
    'evaluation_count': ['quality_score', 'observation_count', 'bigint'],
} %}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_periods(relations_of_kpis(" ~ kpis
        ~ ") + ['fact_agent_backlog_days']) }}"
) }}
with

{{ compared_kpis('agent', kpis) }},

-- Contacts that no agent had are nobody's performance.
agents as (

    select * from {{ ref('dim_agent') }}
    where agent_key <> -1

),

agent_teams as (

    select
        *,
        {{ reporting_date('valid_from') }} as valid_from_date,
        {{ reporting_date('valid_to') }} as valid_to_date
    from agents

),

agent_backlog_days as (

    select * from {{ ref('fact_agent_backlog_days') }}

),

-- Only a source that tells who has a ticket can tell that an agent has none.
assigning_instances as (

    select
        source_system,
        source_instance,
        max({{ reporting_date('as_of') }}) as last_date
    from agent_backlog_days
    where agent_key <> -2
    group by source_system, source_instance

),

assignable_agents as (

    select distinct
        agents.agent_id,
        assigning_instances.last_date
    from agents
    inner join assigning_instances
        on
            agents.source_system = assigning_instances.source_system
            and agents.source_instance = assigning_instances.source_instance

),

open_tickets as (

    select
        agents.agent_id,
        agent_backlog_days.backlog_date,
        sum(agent_backlog_days.backlog_count) as open_count
    from agent_backlog_days
    inner join agents on agent_backlog_days.agent_key = agents.agent_key
    group by agents.agent_id, agent_backlog_days.backlog_date

),

-- The team that the period ended in, whichever the agent was in before.
kpis_with_team as (

    select
        kpi.*,
        agent_teams.team_key,
        agent_teams.team_name,
        agent_teams.department,
        agent_teams.is_shared_login
    from compared_kpis as kpi
    inner join agent_teams
        on
            kpi.agent_id = agent_teams.agent_id
            and kpi.period_end_date >= agent_teams.valid_from_date
            and kpi.period_end_date < agent_teams.valid_to_date

),

performance as (

    select
        period,
        period_start_date,
        period_end_date,
        is_complete,
        agent_id,
        agent_name,
        team_key,
        team_name,
        department,
        is_shared_login,
        {{ columns_of_kpis(kpis, judged, parts) }}
    from kpis_with_team
    group by
        period, period_start_date, period_end_date, is_complete, agent_id, agent_name, team_key,
        team_name, department, is_shared_login

),

report_agent_performance as (

    select
        performance.*,
        cast(
            case
                when assignable_agents.agent_id is not null
                    then coalesce(open_tickets.open_count, 0)
            end as int
        ) as open_count
    from performance
    left join assignable_agents on performance.agent_id = assignable_agents.agent_id
    left join open_tickets
        on
            performance.agent_id = open_tickets.agent_id
            and least(performance.period_end_date, assignable_agents.last_date)
            = open_tickets.backlog_date

)

select * from report_agent_performance
