-- One row per target that a ticket of Zendesk was given, or lost.
{{ config(materialized='table') }}
{#-
    Three tables tell targets. The events of ticket metrics say most; next comes the history of ticket
    fields; where neither is there, the policy of the ticket says its targets by priority.
#}
with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}

),

metric_events as (

    select * from {{ ref('stg_zendesk__ticket_metric_event') }}
    where row_status = 'used'

),

field_changes as (

    select * from {{ ref('stg_zendesk__ticket_field_history') }}
    where row_status = 'used'

),

ticket_policies as (

    select * from {{ ref('stg_zendesk__ticket_sla_policy') }}
    where row_status = 'used'

),

policy_targets as (

    select
        *,
        lead(policy_changed_at) over (
            partition by source_instance, source_policy_id, metric, priority
            order by policy_changed_at
        ) as next_changed_at
    from {{ ref('stg_zendesk__sla_policy_metric_history') }}
    where row_status = 'used'

),

breaches as (

    select
        source_instance,
        source_ticket_id,
        metric,
        min(event_at) as breached_at
    from metric_events
    where event_type = 'breach' and (metric <> 'reply_time' or metric_instance = 1)
    group by source_instance, source_ticket_id, metric

),

field_targets as (

    select
        *,
        {{ parse_json('field_value', {'minutes': none, 'in_business_hours': none}) }} as target
    from field_changes
    where
        field_name in (
            'first_reply_time', 'requester_wait_time', 'agent_work_time', 'total_resolution_time'
        )

),

-- The priority that the ticket has now: how it was before is seldom in the way of its targets.
policy_targets_of_tickets as (

    select
        ticket_policies.source_instance,
        ticket_policies.source_ticket_id,
        policy_targets.metric,
        policy_targets.target_seconds,
        policy_targets.is_business_time,
        ticket_policies.applied_at
    from ticket_policies
    inner join tickets
        on
            ticket_policies.source_instance = tickets.source_instance
            and ticket_policies.source_ticket_id = tickets.source_ticket_id
    inner join policy_targets
        on
            ticket_policies.source_instance = policy_targets.source_instance
            and ticket_policies.source_policy_id = policy_targets.source_policy_id
            and tickets.priority = policy_targets.priority
            and ticket_policies.applied_at >= policy_targets.policy_changed_at
            and coalesce(ticket_policies.applied_at < policy_targets.next_changed_at, true)

),

all_targets as (

    select
        metric_events.source_instance,
        metric_events.source_ticket_id,
        metric_events.metric,
        metric_events.target_seconds,
        metric_events.is_business_time,
        metric_events.event_at as applied_at,
        1 as origin_rank
    from metric_events
    where
        metric_events.event_type = 'apply_sla'
        and (metric_events.metric <> 'reply_time' or metric_events.metric_instance = 1)

    union all

    select
        source_instance,
        source_ticket_id,
        field_name as metric,
        60 * try_cast(target.minutes as decimal(18, 3)) as target_seconds,
        try_cast(target.in_business_hours as boolean) as is_business_time,
        changed_at as applied_at,
        2 as origin_rank
    from field_targets

    union all

    select
        source_instance,
        source_ticket_id,
        metric,
        target_seconds,
        is_business_time,
        applied_at,
        3 as origin_rank
    from policy_targets_of_tickets

),

measured_targets as (

    select
        all_targets.*,
        case
            when all_targets.metric in ('reply_time', 'first_reply_time') then 'first_reply'
            else 'resolution'
        end as measure,
        case all_targets.metric
            when 'requester_wait_time' then 'requester_wait'
            when 'agent_work_time' then 'agent_work'
            else 'all'
        end as clock,
        case all_targets.metric
            when 'requester_wait_time' then 2
            when 'agent_work_time' then 3
            else 1
        end as metric_rank
    from all_targets
    where
        all_targets.metric in (
            'reply_time', 'first_reply_time', 'resolution_time', 'total_resolution_time',
            'requester_wait_time', 'agent_work_time'
        )

),

-- Of several targets for the solution the one that counts most of the ticket's time holds.
ranked_targets as (

    select
        *,
        rank() over (
            partition by source_instance, source_ticket_id, measure
            order by origin_rank, metric_rank
        ) as target_rank
    from measured_targets

),

ticket_sla_targets as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_instance,
        ranked_targets.measure,
        ranked_targets.clock,
        coalesce(ranked_targets.is_business_time, false) as is_business_time,
        cast(ranked_targets.target_seconds as decimal(18, 3)) as target_seconds,
        breaches.breached_at,
        ranked_targets.applied_at
    from ranked_targets
    inner join tickets
        on
            ranked_targets.source_instance = tickets.source_instance
            and ranked_targets.source_ticket_id = tickets.source_ticket_id
    left join breaches
        on
            ranked_targets.source_instance = breaches.source_instance
            and ranked_targets.source_ticket_id = breaches.source_ticket_id
            and ranked_targets.metric = breaches.metric
    where ranked_targets.target_rank = 1

)

select * from ticket_sla_targets
