-- One row per landed row of the events of chats, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_chat_event') }}

),

typed_rows as (

    select
        source_instance,
        chat_id as source_chat_id,
        try_cast(chat_index as int) as event_number,
        nullif(actor_id, '-1') as source_user_id,
        lower(type) as event_type,
        {{ utc_from_offset_text('created_at') }} as event_at,
        {{ fivetran_columns({
            'missing_chat_id': 'chat_id is null',
            'unusable_chat_index': 'try_cast(chat_index as int) is null',
            'unusable_created_at': '(' ~ utc_from_offset_text('created_at') ~ ') is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_chat_id', 'event_number']) }}
    from typed_rows

),

chat_events as (

    select
        source_instance,
        source_chat_id,
        event_number,
        source_user_id,
        event_type,
        {{ fivetran_fate({
            'not_a_message': "coalesce(event_type, '') not in ('chatmessage', 'chatfileattachment')",
        }) }},
        event_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from chat_events
