-- One row per contact that the sample's center began: an agent was connected with somebody.
with

dialed_attempts as (

    select * from {{ ref('int_sample__dialed_attempts') }}
    -- A callback is part of the contact that asked for it.
    where contact_key is not null and callback_contact_key is null

),

outbound_contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        cast(null as string) as previous_source_contact_id,
        'outbound' as direction,
        channel_code,
        identifier_hash,
        cast(null as string) as contact_reason_code,
        disposition,
        cast(null as string) as extension,
        false as is_excluded,
        cast(null as string) as exclusion_reason,
        dialed_at as started_at,
        ended_at,
        cast(null as string) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from dialed_attempts

)

select * from outbound_contacts
