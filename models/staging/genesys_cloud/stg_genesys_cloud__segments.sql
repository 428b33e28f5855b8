-- One row per segment of a session in a landed conversation document.
with

numbered_segments as (

    select
        document_id,
        participant_number,
        session_number,
        {{ each_with_number('segments', 'segment', 'segment_number') }}
    from {{ ref('stg_genesys_cloud__sessions') }}

),

segments as (

    select
        document_id,
        participant_number,
        session_number,
        segment_number,
        lower(segment.segmentType) as segment_type,
        segment.queueId as queue_id,
        segment.disconnectType as disconnect_type,
        segment.wrapUpCode as wrap_up_code,
        coalesce(lower(segment.conference) = 'true', false) as is_conference,
        {{ utc_from_offset_text('segment.segmentStart') }} as started_at,
        {{ utc_from_offset_text('segment.segmentEnd') }} as ended_at
    from numbered_segments

)

select * from segments
