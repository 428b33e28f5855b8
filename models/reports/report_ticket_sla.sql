-- One row per creation date, queue, channel, priority, measure and target of tickets.
with

tickets as (

    select * from {{ ref('fact_tickets') }}
    where created_count > 0

),

own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

ticket_targets as (

    select
        created_date,
        queue_key,
        queue_name,
        channel_key,
        channel_name,
        priority,
        'first_reply' as measure,
        first_reply_target_seconds as target_seconds,
        first_reply_due_count as sla_due_count,
        first_reply_met_count as sla_met_count,
        'ticket_sla_compliance' as kpi_name
    from tickets
    where first_reply_target_seconds is not null

    union all

    select
        created_date,
        queue_key,
        queue_name,
        channel_key,
        channel_name,
        priority,
        'resolution' as measure,
        resolution_target_seconds as target_seconds,
        resolution_due_count as sla_due_count,
        resolution_met_count as sla_met_count,
        'ticket_sla_compliance' as kpi_name
    from tickets
    where resolution_target_seconds is not null

),

judged_targets as (

    {{ with_own_target('ticket_targets', 'created_date', 'queue') }}

),

compliance as (

    select
        targets.created_date,
        targets.queue_key,
        targets.queue_name,
        targets.channel_key,
        targets.channel_name,
        targets.priority,
        targets.measure,
        targets.target_seconds,
        targets.kpi_target_key,
        count(*) as ticket_count,
        cast(sum(targets.sla_due_count) as bigint) as sla_due_count,
        cast(sum(targets.sla_met_count) as bigint) as sla_met_count,
        {{ ticket_sla_compliance('targets') }} as ticket_sla_compliance
    from judged_targets as targets
    group by
        targets.created_date,
        targets.queue_key,
        targets.queue_name,
        targets.channel_key,
        targets.channel_name,
        targets.priority,
        targets.measure,
        targets.target_seconds,
        targets.kpi_target_key

),

report_ticket_sla as (

    select
        compliance.created_date,
        compliance.queue_key,
        compliance.queue_name,
        compliance.channel_key,
        compliance.channel_name,
        compliance.priority,
        compliance.measure,
        compliance.target_seconds,
        compliance.ticket_count,
        compliance.sla_due_count,
        compliance.sla_met_count,
        compliance.sla_due_count - compliance.sla_met_count as breach_count,
        compliance.ticket_sla_compliance,
        own_targets.target_low as ticket_sla_compliance_target,
        {{ gap_to_target(
            'compliance.ticket_sla_compliance', 'own_targets.target_low', 'own_targets.target_high'
        ) }} as ticket_sla_compliance_gap,
        {{ target_status(
            'compliance.ticket_sla_compliance', 'own_targets.target_low', 'own_targets.target_high'
        ) }} as ticket_sla_compliance_status
    from compliance
    left join own_targets on compliance.kpi_target_key = own_targets.kpi_target_key

)

select * from report_ticket_sla
