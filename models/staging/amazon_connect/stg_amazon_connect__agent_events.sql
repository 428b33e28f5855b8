-- One row per landed event of the agent event stream and per malformed line between them, used or
-- not.
{%- set texts = {
    'source_event_id': 'EventId',
    'event_at_text': 'EventTimestamp',
    'event_type_text': 'EventType',
    'agent_arn': 'AgentARN',
    'status_name': 'CurrentAgentSnapshot.AgentStatus.Name',
    'status_type_text': 'CurrentAgentSnapshot.AgentStatus.Type',
    'status_started_at_text': 'CurrentAgentSnapshot.AgentStatus.StartTimestamp',
    'agent_username': 'CurrentAgentSnapshot.Configuration.Username',
    'first_name': 'CurrentAgentSnapshot.Configuration.FirstName',
    'last_name': 'CurrentAgentSnapshot.Configuration.LastName',
} %}
{%- set groups = 'CurrentAgentSnapshot.Configuration.AgentHierarchyGroups.Level' %}
{%- for level in range(1, 6) %}
    {%- do texts.update({
        'group_' ~ level ~ '_arn': groups ~ level ~ '.ARN',
        'group_' ~ level ~ '_name': groups ~ level ~ '.Name',
    }) %}
{%- endfor %}
{%- set structure = structure_of(texts.values()) %}
{%- do structure.CurrentAgentSnapshot.update({
    'Contacts': [structure_of(['InitiationMethod', 'State', 'StateStartTimestamp'])],
}) %}

with

landed_documents as (

    select * from {{ landed_documents('amazon_connect', 'agent_events') }}

),

parsed_documents as (

    select
        *,
        {{ parse_json('document', structure) }} as event
    from landed_documents

),

flat_events as (

    select
        parsed_documents.source_instance,
        parsed_documents.source_file,
        parsed_documents.source_row,
        {%- for name, path in texts.items() %}
            nullif(trim({{ value_at('parsed_documents.event', path) }}), '') as {{ name }},
        {%- endfor %}
        {{ value_at('parsed_documents.event', 'CurrentAgentSnapshot.Contacts') }} as contacts,
        coalesce(parsed_documents.document, parsed_documents.line) as row_text
    from parsed_documents

),

typed_events as (

    -- Ids of agents and groups are the last part of their names in AWS.
    select
        source_instance,
        source_event_id,
        {{ last_part('agent_arn', '/') }} as agent_code,

        upper(event_type_text) as event_type,
        status_name,
        upper(status_type_text) as status_type,
        agent_username,
        nullif(concat_ws(' ', first_name, last_name), '') as agent_name,
        {%- for level in range(1, 6) %}
            {{ last_part('group_' ~ level ~ '_arn', '/') }} as group_{{ level }}_code,
            group_{{ level }}_name,
        {%- endfor %}
        contacts,

        {{ utc_from_offset_text('status_started_at_text') }} as status_started_at,
        {{ utc_from_offset_text('event_at_text') }} as event_at,

        row_text,
        md5(row_text) as content_key,
        source_file,
        source_row
    from flat_events

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

        agent_username is not null as has_configuration,
        {{ fate_of_versions() }},

        status_started_at,
        event_at,

        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from agent_events
