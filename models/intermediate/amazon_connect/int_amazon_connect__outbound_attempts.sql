-- One row per attempt to reach a customer by telephone: by an agent, a campaign or a program, or to
-- call back.
with

contacts as (

    select * from {{ ref('int_amazon_connect__contacts') }}

),

linked_records as (

    select * from {{ ref('int_amazon_connect__linked_records') }}

),

callback_attempts as (

    select * from {{ ref('int_amazon_connect__callback_attempts') }}

),

dialed_records as (

    select
        linked_records.*,
        callback_attempts.attempt_number,
        linked_records.initiation_method = 'CALLBACK' as is_callback
    from linked_records
    left join callback_attempts
        on
            linked_records.source_instance = callback_attempts.source_instance
            and linked_records.source_record_id = callback_attempts.source_record_id
    where
        linked_records.channel = 'VOICE'
        and (
            linked_records.initiation_method in ('OUTBOUND', 'API', 'CAMPAIGN_PREVIEW')
            or callback_attempts.was_dialed
        )

),

judged_attempts as (

    select
        *,
        case
            when has_leg then 'connected'
            when machine_detection = 'HUMAN_ANSWERED' then 'abandoned_by_dialer'
            when
                machine_detection in (
                    'VOICEMAIL_BEEP', 'VOICEMAIL_NO_BEEP', 'FAX_MACHINE_DETECTED'
                )
                then 'machine'
            when machine_detection = 'AMD_UNANSWERED' then 'no_answer'
            when machine_detection = 'SIT_TONE_BUSY' then 'busy'
            when machine_detection in ('SIT_TONE_INVALID_NUMBER', 'SIT_TONE_DETECTED')
                then 'invalid'
            when disconnect_reason = 'TELECOM_BUSY' then 'busy'
            when
                disconnect_reason in (
                    'TELECOM_NUMBER_INVALID', 'OUTBOUND_DESTINATION_ENDPOINT_ERROR'
                )
                then 'invalid'
            when
                disconnect_reason in (
                    'TELECOM_UNANSWERED', 'TELECOM_TIMEOUT', 'TELECOM_ORIGINATOR_CANCEL'
                )
                then 'no_answer'
            else 'unknown'
        end as result,
        case
            when is_callback then coalesce(dequeued_at, connected_to_agent_at, initiated_at)
            when initiation_method = 'CAMPAIGN_PREVIEW'
                then coalesce(accepted_at, connected_to_agent_at, initiated_at)
            else initiated_at
        end as dialed_at
    from dialed_records

),

outbound_attempts as (

    select
        {{ source_key(
            'outbound_attempt', 'attempts.source_record_id', 'attempts.source_system',
            'attempts.source_instance'
        ) }} as attempt_key,
        case when attempts.has_leg then attempts.contact_key end as contact_key,
        case when attempts.is_callback then attempts.contact_key end as callback_contact_key,
        attempts.source_system,
        attempts.source_instance,
        attempts.source_record_id as source_attempt_id,
        cast(null as string) as source_record_id,
        case when not attempts.is_callback then attempts.campaign_code end as campaign_code,
        case when attempts.has_agent then attempts.agent_code end as agent_code,
        coalesce(contacts.channel_code, 'phone') as channel_code,
        case
            when coalesce(contacts.customer_hash, attempts.customer_hash) is null then -2
            else
                {{ source_key(
                    'customer', 'coalesce(contacts.customer_hash, attempts.customer_hash)',
                    'attempts.source_system', 'attempts.source_instance'
                ) }}
        end as customer_key,
        coalesce(contacts.customer_hash, attempts.customer_hash) as customer_hash,

        attempts.result,
        cast(attempts.attempt_number as int) as attempt_number,
        case
            when attempts.has_agent and attempts.is_dialed_by_agent
                then
                    {{ usable_seconds(seconds_between(
                        'attempts.dialed_at',
                        'coalesce(attempts.leg_connected_at, attempts.agent_left_at,'
                        ~ ' attempts.disconnected_at)'
                    )) }}
        end as dial_seconds,
        cast(null as boolean) as is_right_party,
        cast(null as boolean) as is_converted,

        attempts.unreadable_flag as dq_flag,

        attempts.dialed_at,
        attempts.connected_to_system_at as answered_at,
        attempts.leg_connected_at as agent_connected_at,
        attempts.disconnected_at as ended_at,

        attempts.source_file,
        attempts.source_row,
        attempts.loaded_at
    from judged_attempts as attempts
    left join contacts on attempts.contact_key = contacts.contact_key

)

select * from outbound_attempts
