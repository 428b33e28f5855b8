-- One row per chat of the sample.
with

chat_segments as (

    select * from {{ ref('int_sample__chat_segments') }}

),

chat_contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        max(previous_source_contact_id) as previous_source_contact_id,
        'inbound' as direction,
        'chat' as channel_code,
        max(customer_hash) as identifier_hash,
        max(contact_reason_code) as contact_reason_code,
        {{ value_at_last('disposition', 'segment_number') }} as disposition,
        cast(null as string) as extension,
        max(exclusion_reason) is not null as is_excluded,
        max(exclusion_reason) as exclusion_reason,
        min(started_at) as started_at,
        -- While one segment is open the chat is.
        case when count(*) = count(ended_at) then max(ended_at) end as ended_at,
        max(reason_flag) as dq_flag,
        min_by(source_file, segment_number) as source_file,
        min_by(source_row, segment_number) as source_row,
        max(loaded_at) as loaded_at
    from chat_segments
    group by contact_key, source_system, source_instance, source_contact_id

)

select * from chat_contacts
