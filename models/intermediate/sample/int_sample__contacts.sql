-- One row per contact of the sample, of every channel.
{{ config(materialized='table') }}

{%- set columns = [
    'contact_key', 'source_system', 'source_instance', 'source_contact_id',
    'previous_source_contact_id', 'direction', 'channel_code', 'customer_hash',
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

keyed_contacts as (

    select
        *,
        case
            when customer_hash is null then -2
            else {{ source_key('customer', 'customer_hash') }}
        end as customer_key
    from contacts_with_previous

)

select * from keyed_contacts
