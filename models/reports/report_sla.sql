-- One row per date, queue and channel with offered contacts, counted or from totals.
with

queue_days as (

    select
        *,
        'service_level' as kpi_name
    from {{ ref('fact_queue_days') }}
    where offered_count > 0

),

interval_kpis as (

    select * from {{ ref('kpi_daily_by_queue') }}
    where kpi_name = 'intervals_in_target'

),

queue_channel_policy as (

    select * from {{ ref('queue_channel_policy') }}

),

own_targets as (

    select * from {{ ref('dim_kpi_target') }}
    where target_kind = 'own'

),

-- By the date that the policy names, as with targets. It begins at UTC midnight, so that this is
-- the one that holds for most of the day, in whatever zone.
policy_days as (

    select
        *,
        cast(valid_from as date) as valid_from_date,
        cast(valid_to as date) as valid_to_date
    from queue_channel_policy

),

judged_days as (

    {{ with_own_target('queue_days', 'offered_date', 'queue') }}

),

-- Several sources share the queues that nobody knows.
service_levels as (

    select
        v.offered_date,
        v.queue_key,
        v.queue_name,
        v.channel_key,
        v.channel_name,
        v.kpi_target_key,
        bool_or(v.is_from_totals) as is_from_totals,
        cast(sum(v.offered_count) as bigint) as offered_count,
        cast(sum(v.answered_count) as bigint) as answered_count,
        cast(sum(v.answered_in_threshold_count) as bigint) as answered_in_threshold_count,
        cast(sum(v.abandoned_count) as bigint) as abandoned_count,
        cast(sum(v.short_abandoned_count) as bigint) as short_abandoned_count,
        cast(sum(v.redirected_count) as bigint) as redirected_count,
        cast(sum(v.missed_count) as bigint) as missed_count,
        cast(sum(v.open_count) as bigint) as open_count,
        cast({{ service_level('v', part='denominator') }} as bigint) as due_count,
        cast(
            {{ service_level('v', part='denominator') }}
            - {{ service_level('v', part='numerator') }} as bigint
        ) as breach_count,
        {{ service_level('v') }} as service_level
    from judged_days as v
    group by
        v.offered_date,
        v.queue_key,
        v.queue_name,
        v.channel_key,
        v.channel_name,
        v.kpi_target_key

),

report_sla as (

    select
        service_levels.offered_date,
        service_levels.queue_key,
        service_levels.queue_name,
        service_levels.channel_key,
        service_levels.channel_name,
        service_levels.is_from_totals,
        policy_days.service_level_threshold_seconds,
        policy_days.short_abandon_seconds,
        service_levels.offered_count,
        service_levels.answered_count,
        service_levels.answered_in_threshold_count,
        service_levels.abandoned_count,
        service_levels.short_abandoned_count,
        service_levels.redirected_count,
        service_levels.missed_count,
        service_levels.open_count,
        service_levels.due_count,
        service_levels.breach_count,
        service_levels.service_level,
        own_targets.target_low as service_level_target,
        {{ gap_to_target(
            'service_levels.service_level', 'own_targets.target_low', 'own_targets.target_high'
        ) }} as service_level_gap,
        {{ target_status(
            'service_levels.service_level', 'own_targets.target_low', 'own_targets.target_high'
        ) }} as service_level_status,
        cast(interval_kpis.denominator as bigint) as intervals_judged_count,
        cast(interval_kpis.numerator as bigint) as intervals_in_target_count,
        interval_kpis.value as intervals_in_target,
        interval_kpis.target_low as intervals_in_target_target,
        coalesce(interval_kpis.target_status, 'no_value') as intervals_in_target_status
    from service_levels
    left join policy_days
        on
            service_levels.queue_key = policy_days.queue_key
            and service_levels.channel_key = policy_days.channel_key
            and service_levels.offered_date >= policy_days.valid_from_date
            and service_levels.offered_date < policy_days.valid_to_date
    left join interval_kpis
        on
            service_levels.offered_date = interval_kpis.kpi_date
            and service_levels.queue_key = interval_kpis.queue_key
            and service_levels.channel_key = interval_kpis.channel_key
    left join own_targets on service_levels.kpi_target_key = own_targets.kpi_target_key

)

select * from report_sla
