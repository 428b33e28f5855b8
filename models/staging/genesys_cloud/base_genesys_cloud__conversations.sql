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
    'flow': {'exitReason': none},
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

conversations as (

    select
        {{ random_id() }} as document_id,
        source_instance,
        record.conversationId as conversation_id,
        record.originatingDirection as originating_direction,
        record.participants as participants,
        record.evaluations as evaluations,
        record.surveys as surveys,
        md5(coalesce({{ row_as_text('record') }}, line)) as content_hash,
        document is null as is_malformed,
        {{ utc_from_offset_text('record.conversationStart') }} as started_at,
        {{ utc_from_offset_text('record.conversationEnd') }} as ended_at,
        -- What may have to be quarantined keeps its text.
        case
            when record.conversationId is null or started_at is null
                then coalesce(document, line)
        end as row_text,
        source_file,
        source_row
    from documents

)

select * from conversations
