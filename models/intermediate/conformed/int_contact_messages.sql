-- One row per message of a chat, thread or ticket, of all enabled sources.
{%- set columns = model.columns.keys() | list %}
with

messages as (

    {{ union_sources('contact_messages') }}

),

ticket_call_links as (

    select * from {{ ref('int_ticket_call_links') }}

),

-- What is written in a ticket about a call belongs to that call.
linked_messages as (

    select
        {%- for column in columns if column != 'contact_key' %}
            messages.{{ column }},
        {%- endfor %}
        coalesce(messages.contact_key, ticket_call_links.contact_key) as contact_key
    from messages
    left join ticket_call_links on messages.ticket_key = ticket_call_links.ticket_key

)

select {{ columns | join(', ') }} from linked_messages
