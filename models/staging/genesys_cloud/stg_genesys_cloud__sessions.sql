-- One row per session of a participant in a landed conversation document.
{%- set metrics = {
    'answered': 'tAnswered', 'abandon': 'tAbandon', 'short_abandon': 'tShortAbandon',
    'flow_out': 'tFlowOut',
} %}
{%- set counts = {
    'consult': 'nConsult', 'consult_transfer': 'nConsultTransferred',
    'transfer': 'nTransferred',
} %}
{%- set of_participant = {
    'participant_id': 'participantId', 'purpose': 'purpose', 'user_id': 'userId',
    'team_id': 'teamId', 'external_contact_id': 'externalContactId',
} %}
{%- set of_session = {
    'session_id': 'sessionId', 'peer_id': 'peerId', 'ani': 'ani', 'dnis': 'dnis',
    'address_from': 'addressFrom', 'address_to': 'addressTo', 'address_other': 'addressOther',
    'flow_out_type_text': 'flowOutType', 'campaign_id': 'outboundCampaignId',
    'campaign_record_id': 'outboundContactId', 'dialer_disposition': 'dispositionName',
    'monitored_id': 'monitoredParticipantId', 'coached_id': 'coachedParticipantId',
    'barged_id': 'bargedParticipantId', 'media_type_text': 'mediaType',
    'message_type_text': 'messageType', 'direction_text': 'direction',
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
        participants.document_id,
        participants.source_instance,
        participants.conversation_id,
        participants.participant_number,
        {%- for name, key in of_participant.items() %}
            nullif(trim({{ value_at('participants.participant', key) }}), '') as {{ name }},
        {%- endfor %}
        {{ each_with_number('participants.participant.sessions', 'session', 'session_number') }}
    from participants

),

flat_sessions as (

    select
        sessions.document_id,
        sessions.source_instance,
        sessions.conversation_id,
        sessions.participant_number,
        sessions.session_number,
        {%- for name in of_participant %}
            sessions.{{ name }},
        {%- endfor %}
        {%- for name, key in of_session.items() %}
            nullif(trim({{ value_at('sessions.session', key) }}), '') as {{ name }},
        {%- endfor %}
        {{ field_text('sessions.session.callbackNumbers', 0) }} as callback_number,
        {%- for name, metric in metrics.items() %}
            cast(
                try_cast(
                    {{ first_with('sessions.session.metrics', 'name', metric) }}.value
                    as decimal(18, 3)
                ) / 1000 as decimal(18, 3)
            ) as {{ name }}_seconds,
        {%- endfor %}
        {%- for name, metric in counts.items() %}
            {{ first_with('sessions.session.metrics', 'name', metric) }} is not null
                as has_{{ name }},
        {%- endfor %}
        sessions.session.segments
    from sessions

),

typed_sessions as (

    select
        *,
        lower(media_type_text) as media_type,
        case
            when lower(direction_text) in ('inbound', 'outbound') then lower(direction_text)
        end as direction
    from flat_sessions

),

-- What the customer is known by: the number called from or dialed, or the address.
identified_sessions as (

    select
        *,
        lower(
            case
                when purpose not in ('customer', 'external') then null
                when media_type = 'callback' then callback_number
                when media_type in ('email', 'message') and direction = 'outbound'
                    then coalesce(address_to, address_other)
                when media_type in ('email', 'message') then coalesce(address_from, address_other)
                when direction = 'outbound' then dnis
                else ani
            end
        ) as identifier
    from typed_sessions

),

addressed_sessions as (

    select
        *,
        {{ genesys_address('identifier') }} as address
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
        session_id,
        peer_id,
        purpose,
        user_id,
        team_id,

        media_type,
        lower(message_type_text) as message_type,
        direction,
        lower(flow_out_type_text) as flow_out_type,
        campaign_id,
        campaign_record_id,
        dialer_disposition,
        case
            when
                purpose in ('customer', 'external')
                and media_type = 'voice'
                and direction = 'inbound'
                then {{ last_part('dnis', ':') }}
        end as dialed_number,

        {{ address_hash('address') }} as customer_hash,
        {{ salted_hash("'external contact ' || external_contact_id") }}
            as external_contact_hash,

        {%- for name in metrics %}
            {{ name }}_seconds,
        {%- endfor %}

        {%- for name in counts %}
            has_{{ name }},
        {%- endfor %}
        monitored_id is not null as is_monitoring,
        coached_id is not null as is_coaching,
        barged_id is not null as is_barging,

        segments
    from addressed_sessions

)

select * from staged_sessions
