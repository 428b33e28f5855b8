-- One row per landed row of the sample's ticket events, used or not.
with

raw_ticket_events as (

    select * from {{ ref('raw_ticket_events') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_ticket_events') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_ticket_events

),

typed_rows as (

    select
        event_id as source_event_id,
        ticket_id as source_ticket_id,
        lower(event_type) as event_type,
        value as event_value,
        agent_id as agent_code,
        assigned_agent_id as assigned_agent_code,
        {{ utc_from_offset_text('event_at') }} as event_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_event_id is null then 'missing_event_id'
            when source_ticket_id is null then 'missing_ticket_id'
            when
                event_type is null
                or event_type not in (
                    'created', 'queue', 'status', 'customer_message', 'agent_reply',
                    'internal_note'
                )
                then 'unknown_event_type'
            when
                event_type = 'status'
                and (
                    event_value is null
                    or lower(event_value) not in (
                        'new', 'open', 'pending', 'on_hold', 'solved', 'closed', 'spam'
                    )
                )
                then 'unknown_status'
            when event_at is null then 'unusable_event_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

numbered_events as (

    select
        *,
        row_number() over (
            partition by source_event_id, quarantine_reason is null and copy_number = 1
            order by source_row
        ) as event_number
    from judged_rows

),

ticket_events as (

    select
        source_event_id,
        source_ticket_id,
        event_type,
        event_value,
        agent_code,
        assigned_agent_code,
        event_at,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null or event_number > 1 then 'quarantined'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            -- An event is never corrected, so another one of its id cannot be told apart.
            when event_number > 1 then 'conflicting_event_id'
        end as row_status_reason,
        case
            when copy_number = 1 and (quarantine_reason is not null or event_number > 1)
                then {{ text_without_forgotten('row_text') }}
        end as raw_values,
        'seeds/sample/raw_ticket_events.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from numbered_events

)

select * from ticket_events
