-- One row per contact of the sample that reached the switch.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where segment_type <> 'blocked'

),

customer_identities as (

    select * from {{ ref('int_sample__customer_identities') }}

),

contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        cast(null as bigint) as previous_contact_key,
        min_by(direction, segment_number) as direction,
        min_by(channel_code, segment_number) as channel_code,
        max(customer_hash) as identifier_hash,
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

-- An identifier that no directory lists is a customer of its own; a shared one is nobody.
identified_contacts as (

    select
        contacts.*,
        case
            when customer_identities.identity_confidence is null then contacts.identifier_hash
            else customer_identities.customer_hash
        end as customer_hash,
        case
            when contacts.identifier_hash is null then 'anonymous'
            else coalesce(customer_identities.identity_confidence, 'likely')
        end as identity_confidence
    from contacts
    left join customer_identities
        on contacts.identifier_hash = customer_identities.identifier_hash

),

keyed_contacts as (

    select
        *,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key
    from identified_contacts

)

select * from keyed_contacts
