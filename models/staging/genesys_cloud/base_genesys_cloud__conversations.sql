-- One row per landed conversation document, or line that is none.
{#
    The keys are those of the published model. What is not named here is passed over: divisions,
    media statistics, attributes, notes, subjects.
#}
{%- set metric = {'name': none, 'value': none} %}
{%- set segment = {
    'segmentStart': none, 'segmentEnd': none, 'segmentType': none, 'queueId': none,
    'disconnectType': none, 'wrapUpCode': none, 'conference': none,
} %}
{%- set session = {
    'sessionId': none, 'peerId': none, 'mediaType': none, 'messageType': none, 'direction': none,
    'ani': none, 'dnis': none, 'addressFrom': none, 'addressTo': none, 'addressOther': none,
    'callbackNumbers': [none], 'flowOutType': none,
    'outboundCampaignId': none, 'outboundContactId': none, 'dispositionName': none,
    'monitoredParticipantId': none, 'coachedParticipantId': none, 'bargedParticipantId': none,
    'metrics': [metric], 'segments': [segment],
} %}
{%- set conversation = {
    'conversationId': none, 'conversationStart': none, 'conversationEnd': none,
    'originatingDirection': none,
    'participants': [{
        'participantId': none, 'purpose': none, 'userId': none, 'teamId': none,
        'externalContactId': none, 'sessions': [session],
    }],
    'evaluations': [{
        'evaluationId': none, 'contextId': none, 'formId': none, 'formName': none,
        'evaluatorId': none, 'userId': none, 'evaluationStatus': none, 'eventTime': none,
        'deleted': none, 'oTotalScore': none,
    }],
    'surveys': [{
        'surveyId': none, 'surveyFormContextId': none, 'surveyFormId': none, 'eventTime': none,
        'surveyStatus': none, 'surveyPromoterScore': none, 'surveyCompletedDate': none,
    }],
} %}
{%- set texts = {
    'conversation_id': 'conversationId', 'originating_direction': 'originatingDirection',
} %}
{%- set times = {'started_at': 'conversationStart', 'ended_at': 'conversationEnd'} %}
{{ config(materialized='table') }}

with

documents as (

    select
        source_instance,
        source_file,
        source_row,
        document,
        line,
        {{ parse_json('document', conversation) }} as record
    from {{ landed_documents('genesys_cloud', 'conversations') }}

),

-- What may have to be quarantined keeps its text.
flat_documents as (

    select
        documents.source_instance,
        documents.source_file,
        documents.source_row,
        {%- for name, key in texts.items() %}
            {{ value_at('documents.record', key) }} as {{ name }},
        {%- endfor %}
        {{ participants_without_forgotten('documents.record.participants') }} as participants,
        documents.record.evaluations,
        documents.record.surveys,
        {%- for name, key in times.items() %}
            {{ utc_from_offset_text(value_at('documents.record', key)) }} as {{ name }},
        {%- endfor %}
        coalesce(documents.document, documents.line) as row_text,
        coalesce({{ row_as_text('documents.record') }}, documents.line) as content,
        documents.document is null as is_malformed
    from documents

),

conversations as (

    select
        {{ random_id() }} as document_id,
        source_instance,
        conversation_id,
        originating_direction,
        participants,
        evaluations,
        surveys,
        md5(content) as content_hash,
        is_malformed,
        case
            when conversation_id is null or started_at is null
                then {{ text_without_forgotten('row_text') }}
        end as row_text,
        started_at,
        ended_at,
        source_file,
        source_row
    from flat_documents

)

select * from conversations
