-- One row per attempt of the sample to reach a customer, by an agent or a dialer.
with

dialed_attempts as (

    select * from {{ ref('int_sample__dialed_attempts') }}

),

outbound_attempts as (

    select
        attempt_key,
        contact_key,
        callback_contact_key,
        source_system,
        source_instance,
        source_attempt_id,
        source_record_id,
        campaign_code,
        agent_code,
        channel_code,
        customer_key,
        customer_hash,
        result,
        attempt_number,
        dial_seconds,
        is_right_party,
        is_converted,
        dialed_at,
        answered_at,
        agent_connected_at,
        ended_at,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from dialed_attempts

)

select * from outbound_attempts
