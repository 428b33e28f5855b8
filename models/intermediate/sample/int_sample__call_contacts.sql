-- One row per contact of the sample that reached the switch.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where segment_type <> 'blocked'

),

contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        cast(null as string) as previous_source_contact_id,
        {{ value_at_first('direction', 'segment_number') }} as direction,
        {{ value_at_first('channel_code', 'segment_number') }} as channel_code,
        max(customer_hash) as identifier_hash,
        max(contact_reason_code) as contact_reason_code,
        {{ value_at_last('disposition', 'segment_number') }} as disposition,
        {{ value_at_first('extension', 'segment_number') }} as extension,
        max(exclusion_reason) is not null as is_excluded,
        max(exclusion_reason) as exclusion_reason,
        min(started_at) as started_at,
        -- While one segment is open the contact is.
        case when count(*) = count(ended_at) then max(ended_at) end as ended_at,
        max(reason_flag) as dq_flag,
        min_by(source_file, segment_number) as source_file,
        min_by(source_row, segment_number) as source_row,
        max(loaded_at) as loaded_at
    from contact_segments
    group by contact_key, source_system, source_instance, source_contact_id

)

select * from contacts
