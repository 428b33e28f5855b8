-- One row per landed row of the comments, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket_comment') }}

),

typed_rows as (

    select
        source_instance,
        id as source_comment_id,
        ticket_id as source_ticket_id,
        nullif(user_id, '-1') as source_user_id,
        call_id as source_call_id,
        coalesce(try_cast(public as boolean), false) as is_public,
        {{ utc_from_offset_text('created') }} as commented_at,
        {{ fivetran_columns({
            'missing_comment_id': 'id is null',
            'missing_ticket_id': 'ticket_id is null',
            'unusable_created': '(' ~ utc_from_offset_text('created') ~ ') is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_comment_id']) }}
    from typed_rows

),

comments as (

    select
        source_instance,
        source_comment_id,
        source_ticket_id,
        source_user_id,
        source_call_id,
        is_public,
        {{ fivetran_fate() }},
        commented_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from comments
