-- One row per landed row of the satisfaction ratings, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'satisfaction_rating') }}

),

typed_rows as (

    select
        source_instance,
        id as source_rating_id,
        ticket_id as source_ticket_id,
        case
            when lower(score) = 'offered' then 'offered'
            when lower(score) like 'good%' then 'good'
            when lower(score) like 'bad%' then 'bad'
            when lower(score) = 'unoffered' then 'unoffered'
        end as score,
        {{ utc_from_offset_text('created_at') }} as created_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        {{ fivetran_columns({
            'missing_rating_id': 'id is null',
            'missing_ticket_id': 'ticket_id is null',
            'unusable_created_at': '(' ~ utc_from_offset_text('created_at') ~ ') is null',
            'undocumented_score': "not coalesce(
                lower(score) in ('offered', 'unoffered')
                or lower(score) like 'good%' or lower(score) like 'bad%',
                false
            )",
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_rating_id'], 'updated_at') }}
    from typed_rows

),

ratings as (

    select
        source_instance,
        source_rating_id,
        source_ticket_id,
        score,
        {{ fivetran_fate({
            'not_offered': "score = 'unoffered'",
        }) }},
        created_at,
        updated_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from ratings
