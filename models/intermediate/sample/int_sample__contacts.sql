-- One row per contact of the sample that reached the switch.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where segment_type <> 'blocked'

),

dialed_attempts as (

    select * from {{ ref('int_sample__dialed_attempts') }}
    -- A callback is part of the contact that asked for it.
    where contact_key is not null and callback_contact_key is null

),

inbound_contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        cast(null as bigint) as previous_contact_key,
        min_by(direction, segment_number) as direction,
        min_by(channel_code, segment_number) as channel_code,
        max(customer_hash) as customer_hash,
        max(contact_reason_code) as contact_reason_code,
        max_by(disposition, segment_number) as disposition,
        min_by(extension, segment_number) as extension,
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

),

-- An attempt is a contact when an agent and a customer were connected.
outbound_contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        cast(null as bigint) as previous_contact_key,
        'outbound' as direction,
        channel_code,
        customer_hash,
        cast(null as varchar) as contact_reason_code,
        disposition,
        cast(null as varchar) as extension,
        false as is_excluded,
        cast(null as varchar) as exclusion_reason,
        dialed_at as started_at,
        ended_at,
        cast(null as varchar) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from dialed_attempts

),

contacts as (

    select * from inbound_contacts

    union all

    select * from outbound_contacts

),

keyed_contacts as (

    select
        *,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key
    from contacts

)

select * from keyed_contacts
