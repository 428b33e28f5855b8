-- One row per attempt of the files to reach a customer, by an agent or a dialer.
with

outbound_attempts as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__outbound_attempts') }}
    where row_status = 'used'

),

contacts as (

    select * from {{ ref('int_files__contacts') }}

),

attempts_with_contacts as (

    select
        outbound_attempts.*,
        contacts.contact_key,
        callback_contacts.contact_key as callback_contact_key,
        {{ customer_known_by([
            'outbound_attempts.customer_hash', 'outbound_attempts.customer_address_hash'
        ]) }} as identifier_hash
    from outbound_attempts
    left join contacts
        on
            outbound_attempts.source_instance = contacts.source_instance
            and outbound_attempts.contact_id = contacts.source_contact_id
    left join contacts as callback_contacts
        on
            outbound_attempts.source_instance = callback_contacts.source_instance
            and outbound_attempts.callback_contact_id = callback_contacts.source_contact_id

),

keyed_attempts as (

    select
        {{ source_key('outbound_attempt', 'attempt_id') }} as attempt_key,
        contact_key,
        callback_contact_key,
        source_system,
        source_instance,
        attempt_id as source_attempt_id,
        record_id as source_record_id,
        campaign_code,
        agent_code,
        channel_code,
        case
            when identifier_hash is null then -2
            else {{ source_key('customer', 'identifier_hash') }}
        end as customer_key,
        identifier_hash as customer_hash,
        result,
        attempt_number,
        dial_seconds,
        is_right_party,
        is_converted,
        dialed_at,
        answered_at,
        agent_connected_at,
        ended_at,
        nullif(
            concat_ws(
                ', ',
                dq_flag,
                case
                    when contact_id is not null and contact_key is null then 'unknown_contact'
                end,
                case
                    when callback_contact_id is not null and callback_contact_key is null
                        then 'unknown_callback_contact'
                end
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from attempts_with_contacts

)

select * from keyed_attempts
