-- One row per landed event of the agent event stream and per malformed line between them, used or
-- not.
{%- set group = {'ARN': none, 'Name': none} %}
{%- set structure = {
    'EventId': none,
    'EventTimestamp': none,
    'EventType': none,
    'AgentARN': none,
    'CurrentAgentSnapshot': {
        'AgentStatus': {'Name': none, 'Type': none, 'StartTimestamp': none},
        'Configuration': {
            'Username': none,
            'FirstName': none,
            'LastName': none,
            'AgentHierarchyGroups': {
                'Level1': group, 'Level2': group, 'Level3': group, 'Level4': group, 'Level5': group,
            },
        },
        'Contacts': [
            {
                'ContactId': none,
                'InitiationMethod': none,
                'State': none,
                'StateStartTimestamp': none,
            },
        ],
    },
} %}

with

landed_documents as (

    select * from {{ landed_documents('amazon_connect', 'agent_events') }}

),

parsed_documents as (

    select
        source_instance,
        source_file,
        source_row,
        coalesce(document, line) as document_text,
        {{ parse_json('document', structure) }} as event
    from landed_documents

),

typed_events as (

    select
        source_instance,
        event.EventId as source_event_id,
        regexp_replace(event.AgentARN, '^.*/', '') as agent_code,

        upper(event.EventType) as event_type,
        event.CurrentAgentSnapshot.AgentStatus.Name as status_name,
        upper(event.CurrentAgentSnapshot.AgentStatus.Type) as status_type,
        event.CurrentAgentSnapshot.Configuration.Username as agent_username,
        nullif(
            concat_ws(
                ' ',
                trim(event.CurrentAgentSnapshot.Configuration.FirstName),
                trim(event.CurrentAgentSnapshot.Configuration.LastName)
            ),
            ''
        ) as agent_name,
        event.CurrentAgentSnapshot.Configuration is not null as has_configuration,
        {%- for level in range(1, 6) %}
            {%- set group = 'event.CurrentAgentSnapshot.Configuration.AgentHierarchyGroups.Level'
                ~ level %}
            regexp_replace({{ group }}.ARN, '^.*/', '') as group_{{ level }}_code,
            {{ group }}.Name as group_{{ level }}_name,
        {%- endfor %}
        event.CurrentAgentSnapshot.Contacts as contacts,

        {{ utc_from_offset_text('event.CurrentAgentSnapshot.AgentStatus.StartTimestamp') }}
            as status_started_at,
        {{ utc_from_offset_text('event.EventTimestamp') }} as event_at,

        document_text,
        md5(document_text) as content_key,
        source_file,
        source_row
    from parsed_documents

),

judged_events as (

    select
        *,
        case
            when source_event_id is null then 'no_agent_event'
            when agent_code is null then 'missing_agent'
            when event_at is null then 'unusable_event_time'
            when
                event_type is null
                or event_type not in ('LOGIN', 'LOGOUT', 'STATE_CHANGE', 'HEART_BEAT')
                then 'unknown_event_type'
        end as quarantine_reason,
        row_number() over (
            partition by source_instance, source_event_id, content_key
            order by source_file, source_row
        ) as copy_number
    from typed_events

),

-- An event never changes: of two that share an id and differ, one is taken, always the same.
ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_instance, source_event_id, quarantine_reason is null and copy_number = 1
            order by event_at desc, content_key desc
        ) as version_rank
    from judged_events

),

agent_events as (

    select
        source_event_id,
        agent_code,

        event_type,
        status_name,
        status_type,
        agent_username,
        agent_name,
        {%- for level in range(1, 6) %}
            group_{{ level }}_code,
            group_{{ level }}_name,
        {%- endfor %}
        contacts,

        has_configuration,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when version_rank > 1 then 'dropped'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_rank > 1 then 'superseded_version'
        end as row_status_reason,
        case
            when copy_number = 1 and quarantine_reason is not null then document_text
        end as raw_values,

        status_started_at,
        event_at,

        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from agent_events
