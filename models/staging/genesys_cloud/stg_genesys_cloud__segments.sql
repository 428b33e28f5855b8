-- One row per segment of a session in a landed conversation document.
{%- set texts = {
    'queue_id': 'queueId', 'disconnect_type': 'disconnectType', 'wrap_up_code': 'wrapUpCode',
} %}
{%- set times = {'started_at': 'segmentStart', 'ended_at': 'segmentEnd'} %}

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
        numbered_segments.document_id,
        numbered_segments.participant_number,
        numbered_segments.session_number,
        numbered_segments.segment_number,
        {%- for name, key in texts.items() %}
            nullif(trim({{ value_at('numbered_segments.segment', key) }}), '') as {{ name }},
        {%- endfor %}
        {%- for name, key in times.items() %}
            {{ utc_from_offset_text(value_at('numbered_segments.segment', key)) }} as {{ name }},
        {%- endfor %}
        lower({{ value_at('numbered_segments.segment', 'segmentType') }}) as segment_type,
        coalesce(lower({{ value_at('numbered_segments.segment', 'conference') }}) = 'true', false)
            as is_conference
    from numbered_segments

)

select * from segments
