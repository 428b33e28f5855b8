-- One row per call that came in or was answered outside, with all its channels.
{{ config(materialized='table') }}

with

queue_stays as (

    select * from {{ ref('int_asterisk__queue_stays') }}

),

queue_legs as (

    select * from {{ ref('int_asterisk__queue_legs') }}

),

cdr_paths as (

    select * from {{ ref('int_asterisk__cdr_paths') }}

),

blocked_attempts as (

    select * from {{ ref('int_asterisk__blocked_attempts') }}

),

dialed_numbers as (

    select
        source_instance,
        call_id,
        min_by(data1, event_at) as dialed_number
    from {{ ref('int_asterisk__queue_events') }}
    where event = 'DID' and call_id is not null and data1 is not null
    group by source_instance, call_id

),

ends_of_legs as (

    select
        source_instance,
        source_contact_id,
        max(ended_at) as ended_at,
        bool_or(ended_at is null) as is_open
    from queue_legs
    group by source_instance, source_contact_id

),

queued_contacts as (

    select
        queue_stays.source_instance,
        queue_stays.source_contact_id,
        min_by(queue_stays.caller_hash, queue_stays.offered_at) as customer_hash,
        min_by(dialed_numbers.dialed_number, queue_stays.offered_at) as extension,
        min(queue_stays.offered_at) as started_at,
        greatest(
            max(coalesce(queue_stays.exited_at, queue_stays.offered_at)), max(ends_of_legs.ended_at)
        ) as ended_at,
        bool_or(queue_stays.exit_reason = 'open') or coalesce(bool_or(ends_of_legs.is_open), false)
            as is_open,
        min_by(queue_stays.dq_flag, queue_stays.offered_at) as dq_flag,
        min_by(queue_stays.source_file, queue_stays.offered_at) as source_file,
        min_by(queue_stays.source_row, queue_stays.offered_at) as source_row,
        max(queue_stays.loaded_at) as loaded_at
    from queue_stays
    left join ends_of_legs
        on
            queue_stays.source_instance = ends_of_legs.source_instance
            and queue_stays.source_contact_id = ends_of_legs.source_contact_id
    left join dialed_numbers
        on
            queue_stays.source_instance = dialed_numbers.source_instance
            and queue_stays.stay_call_id = dialed_numbers.call_id
    group by queue_stays.source_instance, queue_stays.source_contact_id

),

recorded_contacts as (

    select
        source_instance,
        source_contact_id,
        min(direction) as direction,
        min_by(customer_hash, path_number) as customer_hash,
        min_by(extension, path_number) as extension,
        bool_or(is_answered) as is_answered,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        min_by(dq_flag, path_number) as dq_flag,
        min_by(source_file, path_number) as source_file,
        min_by(source_row, path_number) as source_row,
        max(loaded_at) as loaded_at
    from cdr_paths
    group by source_instance, source_contact_id

),

-- A call that we made and nobody answered is no contact, nor is one that found no free line.
contacts as (

    select
        coalesce(queued_contacts.source_instance, recorded_contacts.source_instance)
            as source_instance,
        coalesce(queued_contacts.source_contact_id, recorded_contacts.source_contact_id)
            as source_contact_id,
        coalesce(recorded_contacts.direction, 'inbound') as direction,
        coalesce(queued_contacts.customer_hash, recorded_contacts.customer_hash)
            as customer_hash,
        coalesce(recorded_contacts.extension, queued_contacts.extension) as extension,
        coalesce(
            least(recorded_contacts.started_at, queued_contacts.started_at),
            recorded_contacts.started_at,
            queued_contacts.started_at
        ) as started_at,
        case
            when not coalesce(queued_contacts.is_open, false)
                then greatest(recorded_contacts.ended_at, queued_contacts.ended_at)
        end as ended_at,
        coalesce(queued_contacts.dq_flag, recorded_contacts.dq_flag) as dq_flag,
        coalesce(queued_contacts.source_file, recorded_contacts.source_file) as source_file,
        coalesce(queued_contacts.source_row, recorded_contacts.source_row) as source_row,
        coalesce(queued_contacts.loaded_at, recorded_contacts.loaded_at) as loaded_at
    from queued_contacts
    full outer join recorded_contacts
        on
            queued_contacts.source_instance = recorded_contacts.source_instance
            and queued_contacts.source_contact_id = recorded_contacts.source_contact_id
    left join blocked_attempts
        on
            recorded_contacts.source_instance = blocked_attempts.source_instance
            and recorded_contacts.source_contact_id = blocked_attempts.source_contact_id
    where
        queued_contacts.source_contact_id is not null
        or (
            blocked_attempts.source_contact_id is null
            and (recorded_contacts.direction <> 'outbound' or recorded_contacts.is_answered)
        )

),

contacts_of_source as (

    select
        *,
        'asterisk' as source_system
    from contacts

),

contacts_with_keys as (

    select
        {{ source_key('contact', 'source_contact_id') }} as contact_key,
        source_system,
        source_instance,
        source_contact_id,
        cast(null as bigint) as previous_contact_key,
        direction,
        'phone' as channel_code,
        case
            when customer_hash is null or direction = 'internal' then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key,
        case when direction <> 'internal' then customer_hash end as customer_hash,
        case
            when customer_hash is null or direction = 'internal' then 'anonymous'
            else 'likely'
        end as identity_confidence,
        cast(null as string) as contact_reason_code,
        cast(null as string) as disposition,
        extension,
        direction = 'internal' as is_excluded,
        case when direction = 'internal' then 'internal' end as exclusion_reason,
        started_at,
        ended_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from contacts_of_source

)

select * from contacts_with_keys
