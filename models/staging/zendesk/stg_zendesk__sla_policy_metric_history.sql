-- One row per landed row of the targets of service policies, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'sla_policy_metric_history') }}

),

typed_rows as (

    select
        source_instance,
        sla_policy_id as source_policy_id,
        lower(metric) as metric,
        lower(priority) as priority,
        60 * try_cast(target as decimal(18, 3)) as target_seconds,
        try_cast(business_hours as boolean) as is_business_time,
        {{ utc_from_offset_text('sla_policy_updated_at') }} as policy_changed_at,
        {{ fivetran_columns({
            'missing_policy_id': 'sla_policy_id is null',
            'missing_metric': 'metric is null',
            'missing_priority': 'priority is null',
            'unusable_target': 'try_cast(target as decimal(18, 3)) is null',
            'unusable_sla_policy_updated_at': '(' ~ utc_from_offset_text('sla_policy_updated_at') ~ ') is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_policy_id', 'metric', 'priority', 'policy_changed_at']) }}
    from typed_rows

),

policy_targets as (

    select
        source_instance,
        source_policy_id,
        metric,
        priority,
        target_seconds,
        is_business_time,
        {{ fivetran_fate(is_directory=true) }},
        policy_changed_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from policy_targets
