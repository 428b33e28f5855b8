-- One row per landed row of the sample's call-detail records, used or not.
with

raw_call_detail_records as (

    select * from {{ ref('raw_call_detail_records') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_call_detail_records') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_call_detail_records

),

typed_rows as (

    select
        contact_id as source_contact_id,
        try_cast(segment_number as int) as segment_number,
        lower(segment_type) as segment_type,
        lower(direction) as direction,
        lower(channel) as channel_code,
        extension,
        {{ salted_hash('customer_number') }} as customer_hash,
        queue_id as queue_code,
        agent_id as agent_code,
        lower(transfer_type) as transfer_type,
        transfer_reason,
        upper(outcome) as outcome,
        upper(disposition) as disposition,
        contact_reason as contact_reason_code,

        try_cast(dial_seconds as decimal(18, 3)) as dial_seconds,
        try_cast(ring_seconds as decimal(18, 3)) as ring_seconds,
        try_cast(wait_seconds as decimal(18, 3)) as wait_seconds,
        try_cast(hold_seconds as decimal(18, 3)) as hold_seconds,
        try_cast(after_contact_work_seconds as decimal(18, 3)) as after_contact_work_seconds,

        {{ utc_from_offset_text('started_at') }} as started_at,
        {{ utc_from_offset_text('queue_entered_at') }} as queue_entered_at,
        {{ utc_from_offset_text('answered_at') }} as answered_at,
        {{ utc_from_offset_text('agent_ended_at') }} as agent_ended_at,
        {{ utc_from_offset_text('ended_at') }} as ended_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,

        nullif(
            concat_ws(
                ', ',
                {{ unreadable_flag('dial_seconds', 'dial') }},
                {{ unreadable_flag('ring_seconds', 'ring') }},
                {{ unreadable_flag('wait_seconds', 'wait') }},
                {{ unreadable_flag('hold_seconds', 'hold') }},
                {{ unreadable_flag('after_contact_work_seconds', 'after_contact_work') }}
            ),
            ''
        ) as unreadable_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_contact_id is null then 'missing_contact_id'
            when segment_number is null then 'unusable_segment_number'
            when
                segment_type is null
                or segment_type not in (
                    'blocked', 'ivr', 'queue', 'callback', 'direct', 'consult', 'conference'
                )
                then 'unknown_segment_type'
            when started_at is null then 'unusable_started_at'
            -- Nothing is written down before it happens; a day allows for clocks in other zones.
            when started_at > updated_at + interval '1' day then 'started_after_written'
            when segment_type in ('queue', 'callback') and queue_entered_at is null
                then 'unusable_queue_entered_at'
            when outcome = 'ANSWERED' and answered_at is null then 'unusable_answered_at'
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
                segment_number,
                -- Only usable rows compete to be the newest version of their segment; one that is
                -- still open has no outcome yet.
                quarantine_reason is null
                and copy_number = 1
                and outcome is distinct from 'VOID'
            order by updated_at desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

call_detail_records as (

    select
        source_contact_id,
        segment_number,
        segment_type,
        direction,
        channel_code,
        extension,
        customer_hash,
        queue_code,
        agent_code,
        transfer_type,
        transfer_reason,
        outcome,
        disposition,
        contact_reason_code,

        dial_seconds,
        ring_seconds,
        wait_seconds,
        hold_seconds,
        after_contact_work_seconds,

        started_at,
        queue_entered_at,
        answered_at,
        agent_ended_at,
        ended_at,
        updated_at,

        unreadable_flag,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when outcome = 'VOID' or version_rank > 1 then 'dropped'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when outcome = 'VOID' then 'void'
            when version_rank > 1 then 'superseded_version'
        end as row_status_reason,
        case
            when copy_number = 1 and quarantine_reason is not null
                then {{ text_without_forgotten('row_text') }}
        end as raw_values,
        'seeds/sample/raw_call_detail_records.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from call_detail_records
