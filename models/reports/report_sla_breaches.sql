-- One row per queue visit or ticket target that counts in its service level and missed it.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('report_sla_breaches', 'begun_date') }}"
) }}

with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}
    where
        answered_count + abandoned_count + missed_count > 0
        and answered_in_threshold_count = 0

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

tickets as (

    select * from {{ ref('fact_tickets') }}

),

visit_breaches as (

    select
        'queue_visit' as measure,
        queue_visits.visit_key as breach_key,
        queue_visits.source_system,
        queue_visits.source_instance,
        contacts.source_contact_id as source_id,
        queue_visits.contact_key,
        queue_visits.queue_key,
        queue_visits.queue_name,
        queue_visits.channel_key,
        queue_visits.channel_name,
        queue_visits.contact_reason_name,
        cast(null as string) as priority,
        case
            when queue_visits.answered_count > 0 then 'answered_late'
            when queue_visits.abandoned_count > 0 then 'abandoned'
            else 'missed'
        end as breach,
        queue_visits.exit_reason,
        queue_visits.wait_seconds as counted_seconds,
        queue_visits.service_level_threshold_seconds as target_seconds,
        queue_visits.offered_at as begun_at,
        queue_visits.offered_date as begun_date
    from queue_visits
    left join contacts on queue_visits.contact_key = contacts.contact_key

),

ticket_breaches as (

    select
        'first_reply' as measure,
        ticket_key as breach_key,
        source_system,
        source_instance,
        source_ticket_id as source_id,
        contact_key,
        queue_key,
        queue_name,
        channel_key,
        channel_name,
        contact_reason_name,
        priority,
        case when first_responded_at is not null then 'replied_late' else 'not_replied' end
            as breach,
        cast(null as string) as exit_reason,
        first_reply_counted_seconds as counted_seconds,
        first_reply_target_seconds as target_seconds,
        created_at as begun_at,
        created_date as begun_date
    from tickets
    where first_reply_due_count > first_reply_met_count

    union all

    select
        'resolution' as measure,
        ticket_key as breach_key,
        source_system,
        source_instance,
        source_ticket_id as source_id,
        contact_key,
        queue_key,
        queue_name,
        channel_key,
        channel_name,
        contact_reason_name,
        priority,
        case when first_solved_at is not null then 'solved_late' else 'not_solved' end as breach,
        cast(null as string) as exit_reason,
        resolution_counted_seconds as counted_seconds,
        resolution_target_seconds as target_seconds,
        created_at as begun_at,
        created_date as begun_date
    from tickets
    where resolution_due_count > resolution_met_count

),

breaches as (

    select * from visit_breaches

    union all

    select * from ticket_breaches

),

report_sla_breaches as (

    select
        begun_date,
        begun_at,
        {{ utc_to_local('begun_at', text_of('reporting_timezone')) }} as begun_at_local,
        measure,
        breach_key,
        source_system,
        source_instance,
        source_id,
        contact_key,
        queue_key,
        queue_name,
        channel_key,
        channel_name,
        contact_reason_name,
        priority,
        breach,
        exit_reason,
        counted_seconds,
        target_seconds,
        -- Whoever gave up or was sent away early was not served late.
        case
            when counted_seconds > target_seconds
                then cast(counted_seconds - target_seconds as decimal(18, 3))
        end as seconds_over
    from breaches
    {{ of_touched_dates('report_sla_breaches', 'begun_date') }}

)

select * from report_sla_breaches
