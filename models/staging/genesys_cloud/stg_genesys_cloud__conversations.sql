-- One row per landed conversation document, or line that is none, used or not.
{#
    A conversation is delivered again whenever an export touches it. The version that knows of the
    latest moment counts, whatever file brought it: the end, a segment, an evaluation or a survey.
#}
with

documents as (

    select * from {{ ref('base_genesys_cloud__conversations') }}

),

sessions_per_document as (

    select
        document_id,
        count(*) as session_count,
        -- Screens that are shared or watched and messages among colleagues are no contacts.
        bool_or(media_type in ('voice', 'callback', 'chat', 'message', 'email', 'video'))
            as has_customer_media
    from {{ ref('stg_genesys_cloud__sessions') }}
    group by document_id

),

segments_per_document as (

    select
        document_id,
        count(*) as segment_count,
        count(ended_at) as ended_segment_count,
        min(started_at) as first_started_at,
        greatest(max(started_at), max(ended_at)) as last_moment_at
    from {{ ref('stg_genesys_cloud__segments') }}
    group by document_id

),

reviews as (

    select
        document_id,
        happened_at as last_moment_at
    from {{ ref('stg_genesys_cloud__evaluations') }}

    union all

    select
        document_id,
        greatest(happened_at, completed_at) as last_moment_at
    from {{ ref('stg_genesys_cloud__surveys') }}

),

reviews_per_document as (

    select
        document_id,
        count(*) as review_count,
        max(last_moment_at) as last_moment_at
    from reviews
    group by document_id

),

described_documents as (

    select
        documents.document_id,
        documents.source_instance,
        documents.conversation_id,
        documents.content_hash,
        case
            when lower(documents.originating_direction) in ('inbound', 'outbound')
                then lower(documents.originating_direction)
        end as originating_direction,
        coalesce(sessions_per_document.has_customer_media, false) as has_customer_media,
        documents.ended_at,
        coalesce(segments_per_document.segment_count, 0) as segment_count,
        coalesce(segments_per_document.ended_segment_count, 0) as ended_segment_count,
        coalesce(reviews_per_document.review_count, 0) as review_count,
        segments_per_document.first_started_at is not null as has_segments,
        least(documents.started_at, segments_per_document.first_started_at) as started_at,
        greatest(
            documents.started_at,
            documents.ended_at,
            segments_per_document.last_moment_at,
            reviews_per_document.last_moment_at
        ) as last_moment_at,
        case
            when documents.is_malformed then 'malformed_document'
            when documents.conversation_id is null then 'missing_conversation_id'
            when sessions_per_document.session_count is null then 'no_sessions'
            when coalesce(documents.started_at, segments_per_document.first_started_at) is null
                then 'no_usable_time'
        end as quarantine_reason,
        documents.row_text,
        documents.source_file,
        documents.source_row
    from documents
    left join sessions_per_document
        on documents.document_id = sessions_per_document.document_id
    left join segments_per_document
        on documents.document_id = segments_per_document.document_id
    left join reviews_per_document
        on documents.document_id = reviews_per_document.document_id

),

numbered_documents as (

    select
        *,
        row_number() over (
            partition by source_instance, content_hash
            order by source_file, source_row, document_id
        ) as copy_number
    from described_documents

),

ranked_documents as (

    select
        *,
        case
            when copy_number = 1 and quarantine_reason is null
                then row_number() over (
                    partition by
                        source_instance, conversation_id, copy_number, quarantine_reason
                    order by
                        last_moment_at desc,
                        ended_at desc nulls last,
                        ended_segment_count desc,
                        segment_count desc,
                        review_count desc,
                        content_hash asc
                )
        end as version_rank
    from numbered_documents

),

conversations as (

    select
        document_id,
        source_instance,
        conversation_id,
        originating_direction,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when version_rank > 1 or not has_customer_media then 'dropped'
            -- Nothing in it has a time of its own.
            when not has_segments then 'quarantined'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_rank > 1 then 'superseded_version'
            when not has_customer_media then 'no_customer_media'
            when not has_segments then 'no_segments'
        end as row_status_reason,
        case
            when row_status = 'quarantined'
                then {{ text_without_forgotten('coalesce(row_text, conversation_id)') }}
        end as raw_values,
        started_at,
        ended_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_documents

)

select * from conversations
