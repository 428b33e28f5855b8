-- One row per contact of Zendesk and tag that is configured as a wrap-up code.
{%- set codes = var('zendesk_disposition_tags') %}
with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}
    where channel_code <> 'phone'

),

tags as (

    select * from {{ ref('stg_zendesk__ticket_tag') }}
    where
        row_status = 'used'
        and tag in (
            ''
            {%- for code in codes %}, {{ exact_text_literal(code | lower) }}{% endfor %}
        )

),

-- Tags have no order and no time of their own.
contact_dispositions as (

    select
        tickets.contact_key,
        tickets.source_system,
        tickets.source_instance,
        cast(
            row_number() over (
                partition by tickets.contact_key
                order by tags.tag
            ) as int
        ) as disposition_position,
        tags.tag as disposition_code,
        cast(null as string) as agent_code,
        coalesce(tickets.updated_at, tickets.created_at) as set_at,
        cast(null as string) as dq_flag,
        tags.source_file,
        tags.source_row,
        tags.loaded_at
    from tags
    inner join tickets
        on
            tags.source_instance = tickets.source_instance
            and tags.source_ticket_id = tickets.source_ticket_id

)

select * from contact_dispositions
