-- One row per landed row of the chats of tickets, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_chat') }}

),

typed_rows as (

    select
        source_instance,
        chat_id as source_chat_id,
        ticket_id as source_ticket_id,
        {{ fivetran_columns({
            'missing_chat_id': 'chat_id is null',
            'missing_ticket_id': 'ticket_id is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_chat_id']) }}
    from typed_rows

),

chats as (

    select
        source_instance,
        source_chat_id,
        source_ticket_id,
        {{ fivetran_fate() }},
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from chats
