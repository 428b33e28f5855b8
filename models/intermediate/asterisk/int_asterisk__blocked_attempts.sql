-- One row per call from outside that found no free line: congestion, or busy before any phone rang.
with

cdr_paths as (

    select * from {{ ref('int_asterisk__cdr_paths') }}
    where direction = 'inbound' and not is_queued

),

attempts as (

    select
        source_system,
        source_instance,
        source_contact_id,
        min_by(customer_hash, path_number) as customer_hash,
        min_by(extension, path_number) as extension,
        min(started_at) as attempted_at,
        min_by(dq_flag, path_number) as dq_flag,
        min_by(source_file, path_number) as source_file,
        min_by(source_row, path_number) as source_row,
        max(loaded_at) as loaded_at
    from cdr_paths
    group by source_system, source_instance, source_contact_id
    having
        bool_and(disposition <> 'ANSWERED')
        and bool_or(
            disposition = 'CONGESTION' or (disposition = 'BUSY' and destination_interface is null)
        )

),

blocked_attempts as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        source_system,
        source_instance,
        source_contact_id,
        'inbound' as direction,
        'phone' as channel_code,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key,
        customer_hash,
        case when customer_hash is null then 'anonymous' else 'likely' end as identity_confidence,
        extension,
        attempted_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from attempts

)

select * from blocked_attempts
