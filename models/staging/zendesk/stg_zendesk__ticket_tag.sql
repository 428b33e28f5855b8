-- One row per landed row of the tags of tickets, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_tag') }}

),

typed_rows as (

    select
        source_instance,
        ticket_id as source_ticket_id,
        lower(tag) as tag,
        {{ fivetran_columns({
            'missing_ticket_id': 'ticket_id is null',
            'missing_tag': 'tag is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_ticket_id', 'tag']) }}
    from typed_rows

),

tags as (

    select
        source_instance,
        source_ticket_id,
        tag,
        {{ fivetran_fate() }},
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from tags
