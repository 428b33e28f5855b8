-- One row per landed row of the sample's chats, used or not.
with

raw_chats as (

    select * from {{ ref('raw_chats') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_chats') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_chats

),

typed_rows as (

    select
        chat_id as source_chat_id,
        try_cast(segment_number as int) as segment_number,
        lower(segment_type) as segment_type,
        {{ salted_hash('customer_id') }} as customer_hash,
        contact_reason as contact_reason_code,
        queue_id as queue_code,
        agent_id as agent_code,
        lower(transfer_type) as transfer_type,
        transfer_reason,
        upper(outcome) as outcome,
        upper(disposition) as disposition,
        previous_contact_id as previous_source_contact_id,

        try_cast(after_contact_work_seconds as decimal(18, 3)) as after_contact_work_seconds,
        {{ unreadable_flag('after_contact_work_seconds', 'after_contact_work') }}
            as unreadable_flag,

        {{ utc_from_offset_text('started_at') }} as started_at,
        {{ utc_from_offset_text('accepted_at') }} as accepted_at,
        {{ utc_from_offset_text('agent_left_at') }} as agent_left_at,
        {{ utc_from_offset_text('ended_at') }} as ended_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_chat_id is null then 'missing_chat_id'
            when segment_number is null then 'unusable_segment_number'
            when segment_type is null or segment_type not in ('bot', 'queue')
                then 'unknown_segment_type'
            when started_at is null then 'unusable_started_at'
            when outcome = 'ANSWERED' and accepted_at is null then 'unusable_accepted_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_chat_id,
                segment_number,
                -- Only usable rows compete to be the newest version of their segment.
                quarantine_reason is null and copy_number = 1
            order by updated_at desc nulls last, source_row desc
        ) as version_rank
    from judged_rows

),

chats as (

    select
        source_chat_id,
        segment_number,
        segment_type,
        customer_hash,
        contact_reason_code,
        queue_code,
        agent_code,
        transfer_type,
        transfer_reason,
        outcome,
        disposition,
        previous_source_contact_id,

        after_contact_work_seconds,

        started_at,
        accepted_at,
        agent_left_at,
        ended_at,
        updated_at,

        unreadable_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_chats.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from chats
