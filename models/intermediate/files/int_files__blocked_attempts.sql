-- One row per attempt of the files that found all trunks busy.
with

blocked_attempts as (

    select
        *,
        {{ customer_known_by(['customer_hash', 'customer_address_hash']) }} as identifier_hash,
        'files' as source_system
    from {{ ref('stg_files__blocked_attempts') }}
    where row_status = 'used'

),

keyed_attempts as (

    select
        {{ source_key('blocked_attempt', 'attempt_id') }} as contact_key,
        source_system,
        source_instance,
        attempt_id as source_contact_id,
        direction,
        channel_code,
        case
            when identifier_hash is null then -2
            else {{ source_key('customer', 'identifier_hash') }}
        end as customer_key,
        identifier_hash as customer_hash,
        case
            when customer_hash is not null then 'certain'
            when customer_address_hash is not null then 'likely'
            else 'anonymous'
        end as identity_confidence,
        extension,
        attempted_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from blocked_attempts

)

select * from keyed_attempts
