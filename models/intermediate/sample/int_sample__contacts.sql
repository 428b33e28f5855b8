-- One row per contact of the sample, of every channel.
{{ config(materialized='table') }}

{%- set columns = [
    'contact_key', 'source_system', 'source_instance', 'source_contact_id',
    'previous_source_contact_id', 'direction', 'channel_code', 'identifier_hash',
    'contact_reason_code', 'disposition', 'extension', 'is_excluded', 'exclusion_reason',
    'started_at', 'ended_at', 'dq_flag', 'source_file', 'source_row', 'loaded_at',
] %}

with

call_contacts as (

    select {{ columns | join(', ') }} from {{ ref('int_sample__call_contacts') }}

),

chat_contacts as (

    select {{ columns | join(', ') }} from {{ ref('int_sample__chat_contacts') }}

),

written_contacts as (

    select {{ columns | join(', ') }} from {{ ref('int_sample__written_contacts') }}

),

outbound_contacts as (

    select {{ columns | join(', ') }} from {{ ref('int_sample__outbound_contacts') }}

),

customer_identities as (

    select * from {{ ref('int_sample__customer_identities') }}

),

contacts as (

    select * from call_contacts
    union all
    select * from chat_contacts
    union all
    select * from written_contacts
    union all
    select * from outbound_contacts

),

-- A contact that the sample does not have cannot be gone on with.
contacts_with_previous as (

    select
        contacts.*,
        previous_contacts.contact_key as previous_contact_key
    from contacts
    left join contacts as previous_contacts
        on contacts.previous_source_contact_id = previous_contacts.source_contact_id

),

-- An identifier that no directory lists is a customer of its own; a shared one is nobody.
identified_contacts as (

    select
        contacts_with_previous.*,
        case
            when customer_identities.identity_confidence is null
                then contacts_with_previous.identifier_hash
            else customer_identities.customer_hash
        end as customer_hash,
        case
            when contacts_with_previous.identifier_hash is null then 'anonymous'
            else coalesce(customer_identities.identity_confidence, 'likely')
        end as identity_confidence
    from contacts_with_previous
    left join customer_identities
        on contacts_with_previous.identifier_hash = customer_identities.identifier_hash

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
