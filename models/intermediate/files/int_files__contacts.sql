-- One row per contact of the files.
with

contacts as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__contacts') }}
    where row_status = 'used'

),

-- The customer's id is certain, a number or address likely, and one of several people nobody's.
identified_contacts as (

    select
        *,
        case
            when identity_confidence in ('shared', 'anonymous') then identity_confidence
            when coalesce(customer_hash, customer_address_hash) is null then 'anonymous'
            when identity_confidence is not null then identity_confidence
            when customer_hash is not null then 'certain'
            else 'likely'
        end as confidence,
        case
            when coalesce(identity_confidence, '') not in ('shared', 'anonymous')
                then {{ customer_known_by(['customer_hash', 'customer_address_hash']) }}
        end as identifier_hash
    from contacts

),

keyed_contacts as (

    select
        row_key as contact_key,
        source_system,
        source_instance,
        contact_id as source_contact_id,
        previous_contact_id,
        direction,
        channel_code,
        case
            when identifier_hash is null then -2
            else {{ source_key('customer', 'identifier_hash') }}
        end as customer_key,
        identifier_hash as customer_hash,
        confidence as identity_confidence,
        contact_reason_code,
        disposition,
        extension,
        exclusion_reason is not null as is_excluded,
        exclusion_reason,
        started_at,
        case when {{ seconds_between('started_at', 'ended_at') }} >= -2 then ended_at end
            as ended_at,
        nullif(
            concat_ws(
                ', ',
                dq_flag,
                case
                    when {{ seconds_between('started_at', 'ended_at') }} < -2
                        then 'negative_duration'
                end
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from identified_contacts

),

-- Hardly any contact goes on with another, so those that others name are found first.
continued_contacts as (

    select distinct previous_contact_id from {{ ref('stg_files__contacts') }}
    where row_status = 'used' and previous_contact_id is not null

),

previous_contacts as (

    select
        row_key as previous_contact_key,
        source_instance,
        contact_id
    from {{ ref('stg_files__contacts') }}
    where
        row_status = 'used'
        and contact_id in (select continued_contacts.previous_contact_id from continued_contacts)

),

-- A contact that has not landed cannot be gone on with.
contacts_with_previous as (

    select
        keyed_contacts.*,
        previous_contacts.previous_contact_key
    from keyed_contacts
    left join previous_contacts
        on
            keyed_contacts.source_instance = previous_contacts.source_instance
            and keyed_contacts.previous_contact_id = previous_contacts.contact_id

)

select * from contacts_with_previous
