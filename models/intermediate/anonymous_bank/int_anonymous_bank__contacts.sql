-- One row per call that reached the bank's VRU.
with

calls as (

    select * from {{ ref('int_anonymous_bank__calls') }}

),

contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        cast(null as bigint) as previous_contact_key,
        customer_key,
        customer_hash,
        -- The bank's customers key in their number, so whoever is known is known for certain.
        case when customer_hash is null then 'anonymous' else 'certain' end as identity_confidence,

        'inbound' as direction,
        'phone' as channel_code,
        contact_reason_code,
        cast(null as string) as disposition,
        cast(null as string) as extension,

        false as is_excluded,
        cast(null as string) as exclusion_reason,
        dq_flag,

        -- Where the VRU time is negative the queue was entered before the recorded VRU entry.
        least(vru_entered_at, offered_at) as started_at,
        case
            when was_answered then service_ended_at
            when was_offered then queue_exited_at
            else vru_exited_at
        end as ended_at,

        source_file,
        source_row,
        loaded_at
    from calls

)

select * from contacts
