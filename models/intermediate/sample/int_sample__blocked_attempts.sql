-- One row per attempt of the sample that found all trunks busy.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where segment_type = 'blocked'

),

customer_identities as (

    select * from {{ ref('int_sample__customer_identities') }}

),

-- An identifier that no directory lists is a customer of its own; a shared one is nobody.
identified_attempts as (

    select
        contact_segments.contact_key,
        contact_segments.source_system,
        contact_segments.source_instance,
        contact_segments.source_contact_id,
        contact_segments.direction,
        contact_segments.channel_code,
        case
            when customer_identities.identity_confidence is null
                then contact_segments.customer_hash
            else customer_identities.customer_hash
        end as customer_hash,
        case
            when contact_segments.customer_hash is null then 'anonymous'
            else coalesce(customer_identities.identity_confidence, 'likely')
        end as identity_confidence,
        contact_segments.extension,
        contact_segments.started_at as attempted_at,
        cast(null as string) as dq_flag,
        contact_segments.source_file,
        contact_segments.source_row,
        contact_segments.loaded_at
    from contact_segments
    left join customer_identities
        on contact_segments.customer_hash = customer_identities.identifier_hash

),

blocked_attempts as (

    select
        *,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key
    from identified_attempts

)

select * from blocked_attempts
