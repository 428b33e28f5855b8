-- One row per attempt of the sample that found all trunks busy.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where segment_type = 'blocked'

),

blocked_attempts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        direction,
        channel_code,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key,
        customer_hash,
        extension,
        started_at as attempted_at,
        cast(null as varchar) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from contact_segments

)

select * from blocked_attempts
