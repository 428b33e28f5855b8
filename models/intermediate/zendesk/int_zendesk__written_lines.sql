-- One row per comment on a ticket, and per message of its chat, with who wrote it.
with

tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}
    where row_status = 'used'

),

comments as (

    select * from {{ ref('stg_zendesk__ticket_comment') }}
    where row_status = 'used'

),

chats as (

    select * from {{ ref('stg_zendesk__ticket_chat') }}
    where row_status = 'used'

),

chat_events as (

    select * from {{ ref('stg_zendesk__ticket_chat_event') }}
    where row_status = 'used'

),

users as (

    select * from {{ ref('int_zendesk__users') }}

),

all_lines as (

    select
        source_instance,
        source_ticket_id,
        source_comment_id as source_message_id,
        source_user_id,
        is_public,
        false as is_chat,
        commented_at as written_at,
        source_file,
        source_row,
        loaded_at
    from comments

    union all

    select
        chats.source_instance,
        chats.source_ticket_id,
        concat_ws(':', 'chat', chats.source_chat_id, chat_events.event_number)
            as source_message_id,
        chat_events.source_user_id,
        true as is_public,
        true as is_chat,
        chat_events.event_at as written_at,
        chat_events.source_file,
        chat_events.source_row,
        chat_events.loaded_at
    from chat_events
    inner join chats
        on
            chat_events.source_instance = chats.source_instance
            and chat_events.source_chat_id = chats.source_chat_id

),

-- Whoever neither asks nor is or was an agent is one more customer. What the system writes has no
-- user.
written_lines as (

    select
        all_lines.*,
        case
            when all_lines.source_user_id is null then 'bot'
            when all_lines.source_user_id = tickets.source_requester_id then 'customer'
            when users.is_agent then 'agent'
            else 'customer'
        end as sender
    from all_lines
    inner join tickets
        on
            all_lines.source_instance = tickets.source_instance
            and all_lines.source_ticket_id = tickets.source_ticket_id
    left join users
        on
            all_lines.source_instance = users.source_instance
            and all_lines.source_user_id = users.source_user_id

)

select * from written_lines
