-- One row per landed row of the sample's messages, used or not.
with

raw_messages as (

    select * from {{ ref('raw_messages') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_messages') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_messages

),

typed_rows as (

    select
        message_id as source_message_id,
        thread_id as source_thread_id,
        lower(channel) as channel_code,
        queue_id as queue_code,
        lower(sender) as sender,
        agent_id as agent_code,
        {{ salted_hash('customer_handle') }} as customer_hash,
        contact_reason as contact_reason_code,
        {{ utc_from_offset_text('sent_at') }} as sent_at,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when source_message_id is null then 'missing_message_id'
            when source_thread_id is null then 'missing_thread_id'
            when channel_code is null or channel_code not in ('chat', 'sms', 'social')
                then 'unknown_channel'
            when sender is null or sender not in ('customer', 'bot', 'agent')
                then 'unknown_sender'
            when sent_at is null then 'unusable_sent_at'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

numbered_messages as (

    select
        *,
        row_number() over (
            partition by source_message_id, quarantine_reason is null and copy_number = 1
            order by source_row
        ) as message_number
    from judged_rows

),

messages as (

    select
        source_message_id,
        source_thread_id,
        channel_code,
        queue_code,
        sender,
        agent_code,
        customer_hash,
        contact_reason_code,
        sent_at,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null or message_number > 1 then 'quarantined'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            -- A message is never corrected, so another one of its id cannot be told apart.
            when message_number > 1 then 'conflicting_message_id'
        end as row_status_reason,
        case
            when copy_number = 1 and (quarantine_reason is not null or message_number > 1)
                then {{ text_without_forgotten('row_text') }}
        end as raw_values,
        'seeds/sample/raw_messages.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from numbered_messages

)

select * from messages
