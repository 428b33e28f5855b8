-- One row per user, track (presence or routing) and start of a span, over all used documents.
with

used_documents as (

    select * from {{ ref('stg_genesys_cloud__users') }}
    where row_status = 'used'

),

presences as (

    select
        source_instance,
        user_id,
        {{ each_element('presences') }} as span,
        source_file,
        source_row
    from used_documents

),

routing_statuses as (

    select
        source_instance,
        user_id,
        {{ each_element('routing_statuses') }} as span,
        source_file,
        source_row
    from used_documents

),

spans as (

    select
        presences.source_instance,
        presences.user_id,
        'presence' as track,
        upper({{ value_at('presences.span', 'systemPresence') }}) as status,
        {{ utc_from_offset_text(value_at('presences.span', 'startTime')) }} as started_at,
        {{ utc_from_offset_text(value_at('presences.span', 'endTime')) }} as ended_at,
        presences.source_file,
        presences.source_row
    from presences

    union all

    select
        routing_statuses.source_instance,
        routing_statuses.user_id,
        'routing' as track,
        upper({{ value_at('routing_statuses.span', 'routingStatus') }}) as status,
        {{ utc_from_offset_text(value_at('routing_statuses.span', 'startTime')) }} as started_at,
        {{ utc_from_offset_text(value_at('routing_statuses.span', 'endTime')) }} as ended_at,
        routing_statuses.source_file,
        routing_statuses.source_row
    from routing_statuses

),

-- The version of a span that ends latest counts, an open one only where none has ended.
user_spans as (

    select
        source_instance,
        user_id,
        track,
        started_at,
        max(ended_at) as ended_at,
        coalesce(max_by(status, ended_at), max(status)) as status,
        min(source_file) as source_file,
        min_by(source_row, source_file) as source_row
    from spans
    where started_at is not null and status is not null
    group by source_instance, user_id, track, started_at

)

select * from user_spans
