-- One row per landed row of the events of ticket metrics, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_metric_event') }}

),

typed_rows as (

    select
        source_instance,
        id as source_event_id,
        ticket_id as source_ticket_id,
        lower(metric) as metric,
        try_cast(instance_id as int) as metric_instance,
        lower(type) as event_type,
        coalesce(
            try_cast(sla_target_in_seconds as decimal(18, 3)),
            60 * try_cast(sla_target as decimal(18, 3))
        ) as target_seconds,
        try_cast(sla_business_hours as boolean) as is_business_time,
        coalesce(try_cast(deleted as boolean), false) as is_withdrawn,
        {{ utc_from_offset_text('time') }} as event_at,
        {{ fivetran_columns({
            'missing_event_id': 'id is null',
            'missing_ticket_id': 'ticket_id is null',
            'unusable_time': '(' ~ utc_from_offset_text('time') ~ ') is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_event_id']) }}
    from typed_rows

),

metric_events as (

    select
        source_instance,
        source_event_id,
        source_ticket_id,
        metric,
        metric_instance,
        event_type,
        target_seconds,
        is_business_time,
        is_withdrawn,
        {{ fivetran_fate({
            'withdrawn_event': 'is_withdrawn',
            'event_not_needed': "coalesce(event_type, '') not in ('apply_sla', 'breach')",
        }) }},
        event_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from metric_events
