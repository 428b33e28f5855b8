-- One row per ticket about a call of another source that is known.
{{ config(meta={'rows_of': 'int_ticket_calls'}) }}
with

ticket_calls as (

    select * from {{ ref('int_ticket_calls') }}

),

calls as (

    select * from {{ ref('int_contacts') }}
    where channel_code = 'phone'

),

-- By its id, else the last call of its number that ended shortly before. Telephones have instances
-- of their own: one of the same name comes first.
found_calls as (

    select
        ticket_calls.ticket_key,
        calls.contact_key,
        calls.ended_at,
        true as is_by_id,
        ticket_calls.source_instance = calls.source_instance as is_same_instance
    from ticket_calls
    inner join calls on ticket_calls.source_contact_id = calls.source_contact_id

    union all

    select
        ticket_calls.ticket_key,
        calls.contact_key,
        calls.ended_at,
        false as is_by_id,
        ticket_calls.source_instance = calls.source_instance as is_same_instance
    from ticket_calls
    inner join calls
        on
            ticket_calls.caller_hash = calls.customer_hash
            and ticket_calls.opened_at >= calls.ended_at
            and ticket_calls.opened_at
            <= calls.ended_at + interval '{{ number_of("ticket_call_minutes") }}' minute

),

ticket_call_links as (

    select
        ticket_key,
        contact_key
    from found_calls
    qualify
        row_number() over (
            partition by ticket_key
            order by is_by_id desc, is_same_instance desc, ended_at desc, contact_key asc
        ) = 1

)

select * from ticket_call_links
