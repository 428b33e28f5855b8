-- One row per ticket of Zendesk that is about a call.
with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}
    where channel_code = 'phone'

),

comments as (

    select * from {{ ref('stg_zendesk__ticket_comment') }}
    where row_status = 'used' and source_call_id is not null

),

users as (

    select * from {{ ref('int_zendesk__users') }}

),

calls as (

    select
        source_instance,
        source_ticket_id,
        source_call_id
    from comments
    qualify
        row_number() over (
            partition by source_instance, source_ticket_id
            order by commented_at, source_comment_id
        ) = 1

),

ticket_calls as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_instance,
        coalesce(tickets.external_source_contact_id, calls.source_call_id) as source_contact_id,
        users.phone_hash as caller_hash,
        tickets.created_at as opened_at
    from tickets
    left join calls
        on
            tickets.source_instance = calls.source_instance
            and tickets.source_ticket_id = calls.source_ticket_id
    left join users
        on
            tickets.source_instance = users.source_instance
            and tickets.source_requester_id = users.source_user_id

)

select * from ticket_calls
