-- One row per landed row of the schedules of tickets, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_schedule') }}

),

typed_rows as (

    select
        source_instance,
        ticket_id as source_ticket_id,
        schedule_id as source_schedule_id,
        {{ utc_from_offset_text('created_at') }} as applied_at,
        {{ fivetran_columns({
            'missing_ticket_id': 'ticket_id is null',
            'missing_schedule_id': 'schedule_id is null',
            'unusable_created_at': '(' ~ utc_from_offset_text('created_at') ~ ') is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_ticket_id', 'applied_at']) }}
    from typed_rows

),

ticket_schedules as (

    select
        source_instance,
        source_ticket_id,
        source_schedule_id,
        {{ fivetran_fate() }},
        applied_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from ticket_schedules
