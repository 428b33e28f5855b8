-- One row per landed call detail record (path between two parties), used or not.
{%- set texts = [
    'uniqueid', 'linkedid', 'sequence', 'src', 'dst', 'dcontext', 'channel', 'dstchannel',
    'lastapp', 'start', 'calldate', 'answer', 'end', 'duration', 'billsec', 'disposition', 'did',
] %}

with

source as (

    select * from {{ landed_rows('asterisk', 'cdr') }}

),

-- MySQL's client writes NULL for nothing.
named_fields as (

    select
        nullif(uniqueid, 'NULL') as uniqueid,
        nullif(linkedid, 'NULL') as linkedid,
        nullif(sequence, 'NULL') as sequence_text,
        src as source_number,
        dst as dialed_number,
        nullif(did, 'NULL') as dialed_in_number,
        dcontext as context,
        channel,
        nullif(dstchannel, 'NULL') as destination_channel,
        lastapp as last_application,
        upper(disposition) as disposition,
        duration as duration_text,
        billsec as billed_text,
        coalesce(start, calldate) as start_text,
        answer as answer_text,
        "end" as end_text,
        {{ asterisk_time_zone('asterisk_cdr_time_zones') }} as time_zone,
        is_malformed,
        line,
        concat_ws(
            '|',
            case when is_malformed then line end,
            {%- for column in texts %}
                coalesce("{{ column }}", ''){{ ',' if not loop.last }}
            {%- endfor %}
        ) as content,
        source_instance,
        source_file,
        source_row
    from source

),

typed_rows as (

    select
        *,
        try_cast(sequence_text as bigint) as sequence,
        try_cast(duration_text as decimal(18, 3)) as duration_seconds,
        try_cast(billed_text as decimal(18, 3)) as billed_seconds,
        {{ local_to_utc('try_cast(start_text as timestamp)', 'time_zone') }} as started_at,
        {{ local_to_utc('try_cast(answer_text as timestamp)', 'time_zone') }}
            as recorded_answer_at,
        {{ local_to_utc('try_cast(end_text as timestamp)', 'time_zone') }} as recorded_end_at
    from named_fields

),

-- Tables without answer and end give their distance from the start; a duration is the same on any
-- clock, so it wins over an end that a change of the clock may have put elsewhere.
timed_rows as (

    select
        *,
        coalesce(
            {{ seconds_after('started_at', usable_seconds('duration_seconds')) }},
            recorded_end_at
        ) as ended_at,
        coalesce(
            {{ seconds_after('started_at', '(' ~ usable_seconds('duration_seconds') ~ ' - '
                             ~ usable_seconds('billed_seconds') ~ ')') }},
            recorded_answer_at
        ) as connected_at
    from typed_rows

),

-- One record is one path; without the ids it is known by its channel and its start.
identified_rows as (

    select
        *,
        concat_ws(
            '|',
            coalesce(uniqueid, ''),
            coalesce(linkedid, ''),
            coalesce(sequence_text, ''),
            case
                when uniqueid is null or sequence_text is null
                    then concat_ws(
                        '|', start_text, channel, coalesce(destination_channel, '')
                    )
            end
        ) as source_path_id,
        row_number() over (
            partition by source_instance, content
            order by source_file, source_row
        ) as copy_number,
        case
            when is_malformed then 'wrong_number_of_fields'
            when channel is null then 'missing_channel'
            when started_at is null then 'unusable_start'
        end as quarantine_reason,
        line as row_text
    from timed_rows

),

-- Of several records of one path the one that was closed last holds.
judged_rows as (

    select
        *,
        row_number() over (
            partition by
                source_instance,
                source_path_id,
                copy_number = 1 and quarantine_reason is null
            order by duration_seconds desc nulls last, billed_seconds desc nulls last, content desc
        ) as version_rank
    from identified_rows

),

cdr as (

    select
        case when quarantine_reason is null then source_path_id end as source_path_id,
        uniqueid,
        linkedid,
        sequence,
        {{ asterisk_number_hash('source_number') }} as source_number_hash,
        {{ asterisk_number_hash('dialed_number') }} as dialed_number_hash,
        -- A number longer than an extension is a customer's or a trunk's.
        case
            when {{ matches_whole('dialed_number', var('asterisk_extensions')) }}
                then dialed_number
        end as dialed_extension,
        dialed_number like '*%' as is_feature_code,
        dialed_in_number,
        context,
        channel,
        destination_channel,
        last_application,
        disposition,
        {{ fate_of_versions() }},
        {{ usable_seconds('duration_seconds') }} as duration_seconds,
        {{ usable_seconds('billed_seconds') }} as billed_seconds,
        nullif(
            concat_ws(
                ', ',
                {{ unreadable_flag('duration_text', 'duration') }},
                {{ unreadable_flag('billed_text', 'billed') }},
                {{ duration_flag('duration_seconds', 'duration') }},
                {{ duration_flag('billed_seconds', 'billed') }},
                case
                    when {{ is_repeated_time('try_cast(start_text as timestamp)', 'time_zone') }}
                        then 'dst_ambiguous'
                end
            ),
            ''
        ) as dq_flag,
        started_at,
        case when billed_seconds > 0 then connected_at end as connected_at,
        ended_at,
        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from judged_rows

)

select * from cdr
