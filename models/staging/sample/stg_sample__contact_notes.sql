-- One row per landed row of the notes that the sample's agents keep of their contacts, used or not.
with

raw_contact_notes as (

    select * from {{ ref('raw_contact_notes') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_contact_notes') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_contact_notes

),

typed_rows as (

    select
        contact_id as source_contact_id,

        case
            when try_cast(sentiment as decimal(9, 3)) between -1 and 1
                then cast(sentiment as decimal(9, 3))
        end as sentiment_score,

        case lower(is_resolved) when 'yes' then true when 'no' then false end as is_resolved,
        case lower(is_complaint) when 'yes' then true when 'no' then false end as is_complaint,
        case lower(is_escalated) when 'yes' then true when 'no' then false end as is_escalated,
        case lower(tried_self_service)
            when 'yes' then true
            when 'no' then false
        end as tried_self_service,

        {{ utc_from_offset_text('noted_at') }} as noted_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,

        nullif(
            concat_ws(
                ', ',
                case
                    when lower(is_resolved) not in ('yes', 'no') then 'undocumented_is_resolved'
                end,
                case
                    when
                        sentiment is not null
                        and not coalesce(
                            try_cast(sentiment as decimal(9, 3)) between -1 and 1, false
                        )
                        then 'unusable_sentiment'
                end
            ),
            ''
        ) as dq_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_contact_id is null then 'missing_contact_id'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_contact_id,
                -- Only usable rows compete to be the newest version.
                quarantine_reason is null and copy_number = 1
            order by coalesce(updated_at, noted_at) desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

contact_notes as (

    select
        source_contact_id,

        sentiment_score,

        is_resolved,
        is_complaint,
        is_escalated,
        tried_self_service,

        noted_at,
        updated_at,

        dq_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_contact_notes.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from contact_notes
