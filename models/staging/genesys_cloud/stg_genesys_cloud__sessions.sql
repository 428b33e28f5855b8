-- One row per session of a participant in a landed conversation document.
{%- set metrics = {
    'answered': 'tAnswered', 'abandon': 'tAbandon', 'short_abandon': 'tShortAbandon',
    'flow_out': 'tFlowOut',
} %}
{%- set counts = {
    'consult': 'nConsult', 'consult_transfer': 'nConsultTransferred',
    'transfer': 'nTransferred', 'outbound_abandon': 'nOutboundAbandoned',
} %}

with

participants as (

    select
        document_id,
        source_instance,
        conversation_id,
        {{ each_with_number('participants', 'participant', 'participant_number') }}
    from {{ ref('base_genesys_cloud__conversations') }}

),

sessions as (

    select
        document_id,
        source_instance,
        conversation_id,
        participant_number,
        participant.participantId as participant_id,
        participant.purpose as purpose,
        participant.userId as user_id,
        participant.teamId as team_id,
        participant.externalContactId as external_contact_id,
        {{ each_with_number('participant.sessions', 'session', 'session_number') }}
    from participants

),

-- What the customer is known by: the number called from or dialed, or the address.
identified_sessions as (

    select
        *,
        lower(session.mediaType) as media_type,
        lower(session.direction) as direction,
        lower(trim(case
            when purpose not in ('customer', 'external') then null
            when media_type = 'callback'
                then {{ field_text('session.callbackNumbers', 0) }}
            when media_type in ('email', 'message')
                then coalesce(
                    case when direction = 'outbound' then session.addressTo
                        else session.addressFrom end,
                    session.addressOther
                )
            when direction = 'outbound' then session.dnis
            else session.ani
        end)) as identifier
    from sessions

),

-- Of sip:user@host the user; of all but mail addresses letters and digits only.
plain_sessions as (

    select
        *,
        case
            when identifier like 'sip%' then split_part(split_part(identifier, ':', 2), '@', 1)
            when identifier like 'tel:%' then split_part(identifier, ':', 2)
            else identifier
        end as address,
        case
            when address like '%@%' then address
            else regexp_replace(split_part(address, ';', 1), '[^a-z0-9+]', '', 'g')
        end as plain_address
    from identified_sessions

),

staged_sessions as (

    select
        document_id,
        source_instance,
        conversation_id,
        participant_number,
        session_number,
        participant_id,
        session.sessionId as session_id,
        session.peerId as peer_id,
        purpose,
        user_id,
        team_id,

        media_type,
        lower(session.messageType) as message_type,
        direction,
        session.flowOutType as flow_out_type,
        session.flow.exitReason as flow_exit_reason,
        session.outboundCampaignId as campaign_id,
        session.outboundContactId as campaign_record_id,
        session.dispositionName as dialer_disposition,
        case
            when purpose = 'customer' and media_type = 'voice' and direction = 'inbound'
                then split_part(session.dnis, ':', -1)
            when purpose = 'external' and media_type = 'voice' and direction = 'inbound'
                then split_part(session.dnis, ':', -1)
        end as dialed_number,

        case
            when
                plain_address not in (
                    '', 'anonymous', 'private', 'restricted', 'unavailable', 'unknown',
                    'withheld', 'blocked'
                )
                then {{ salted_hash('plain_address') }}
        end as customer_hash,
        {{ salted_hash("'external contact ' || external_contact_id") }}
            as external_contact_hash,

        {%- for name, metric in metrics.items() %}
            cast(
                try_cast(
                    {{ first_with('session.metrics', 'name', metric) }}.value as decimal(18, 3)
                ) / 1000 as decimal(18, 3)
            ) as {{ name }}_seconds,
        {%- endfor %}

        {%- for name, metric in counts.items() %}
            {{ first_with('session.metrics', 'name', metric) }} is not null as has_{{ name }},
        {%- endfor %}
        session.monitoredParticipantId is not null as is_monitoring,
        session.coachedParticipantId is not null as is_coaching,
        session.bargedParticipantId is not null as is_barging,

        session.segments as segments
    from plain_sessions

)

select * from staged_sessions
