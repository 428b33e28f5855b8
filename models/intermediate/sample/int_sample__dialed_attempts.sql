-- One row per usable attempt of the sample to reach a customer, with its keys.
{{ config(materialized='table') }}

with

dialer_attempts as (

    select
        *,
        'sample' as source_system,
        'default' as source_instance,
        'phone' as channel_code,
        {{ seconds_between('dialed_at', 'coalesce(agent_connected_at, ended_at)') }}
            as elapsed_seconds
    from {{ ref('stg_sample__dialer_attempts') }}
    where row_status = 'used'

),

customer_identities as (

    select * from {{ ref('int_sample__customer_identities') }}

),

-- An identifier that no directory lists is a customer of its own; a shared one is nobody.
identified_attempts as (

    select
        dialer_attempts.*,
        case
            when customer_identities.identity_confidence is null
                then dialer_attempts.customer_hash
            else customer_identities.customer_hash
        end as known_customer_hash
    from dialer_attempts
    left join customer_identities
        on dialer_attempts.customer_hash = customer_identities.identifier_hash

),

dialed_attempts as (

    select
        {{ source_key('outbound_attempt', 'source_attempt_id') }} as attempt_key,
        case
            when source_contact_id is not null and agent_connected_at is not null
                then {{ source_key('contact', 'source_contact_id') }}
        end as contact_key,
        case
            when source_callback_contact_id is not null
                then {{ source_key('contact', 'source_callback_contact_id') }}
        end as callback_contact_key,
        case
            when known_customer_hash is null then -2
            else {{ source_key('customer', 'known_customer_hash') }}
        end as customer_key,
        source_system,
        source_instance,
        source_attempt_id,
        source_contact_id,
        source_record_id,
        campaign_code,
        agent_code,
        channel_code,
        customer_hash as identifier_hash,
        known_customer_hash as customer_hash,
        disposition,
        case result
            when 'NO_ANSWER' then 'no_answer'
            when 'BUSY' then 'busy'
            when 'INVALID' then 'invalid'
            when 'MACHINE' then 'machine'
            when 'ABANDONED_BY_DIALER' then 'abandoned_by_dialer'
            when 'CONNECTED' then 'connected'
            else 'unknown'
        end as result,

        attempt_number,
        -- What the agent's clock measured wins over the timestamps while they agree.
        case
            when agent_code is not null and dial_seconds is not null
                then {{ measured_or_elapsed_seconds('dial_seconds', 'elapsed_seconds') }}
        end as dial_seconds,
        hold_seconds,
        after_contact_work_seconds,

        is_right_party,
        is_converted,

        dialed_at,
        answered_at,
        agent_connected_at,
        -- The agent's own end, at the latest that of the attempt.
        least(coalesce(agent_ended_at, ended_at), ended_at) as agent_ended_at,
        ended_at,

        nullif(
            concat_ws(
                ', ',
                unreadable_flag,
                {{ duration_flag('dial_seconds', 'dial') }},
                case
                    when
                        result is null
                        or result not in (
                            'NO_ANSWER', 'BUSY', 'INVALID', 'MACHINE', 'ABANDONED_BY_DIALER',
                            'CONNECTED'
                        )
                        then 'undocumented_result'
                end
            ),
            ''
        ) as dq_flag,
        unreadable_flag,
        source_file,
        source_row,
        loaded_at
    from identified_attempts

)

select * from dialed_attempts
