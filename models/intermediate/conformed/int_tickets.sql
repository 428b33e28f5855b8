-- One row per ticket, of all enabled sources.
{%- set columns = model.columns.keys() | list %}
{%- set resolved = ['contact_key', 'is_linked_contact', 'dq_flag'] %}
with

tickets as (

    {{ union_sources('tickets') }}

),

ticket_calls as (

    select * from {{ ref('int_ticket_calls') }}

),

ticket_call_links as (

    select * from {{ ref('int_ticket_call_links') }}

),

-- A ticket is about a call of its own source, or of another one.
linked_tickets as (

    select
        {%- for column in columns if column not in resolved %}
            tickets.{{ column }},
        {%- endfor %}
        coalesce(tickets.contact_key, ticket_call_links.contact_key) as contact_key,
        tickets.is_linked_contact or ticket_call_links.contact_key is not null
            as is_linked_contact,
        case
            when
                ticket_calls.ticket_key is not null
                and ticket_call_links.contact_key is null
                then concat_ws(', ', tickets.dq_flag, 'call_not_found')
            else tickets.dq_flag
        end as dq_flag
    from tickets
    left join ticket_calls on tickets.ticket_key = ticket_calls.ticket_key
    left join ticket_call_links on tickets.ticket_key = ticket_call_links.ticket_key

)

select {{ columns | join(', ') }} from linked_tickets
