-- One row per landed contact record and per malformed line between them, used or not.
{%- set times = {
    'initiated_at': 'InitiationTimestamp',
    'connected_to_system_at': 'ConnectedToSystemTimestamp',
    'enqueued_at': 'Queue.EnqueueTimestamp',
    'dequeued_at': 'Queue.DequeueTimestamp',
    'accepted_at': 'Agent.AcceptedByAgentTimestamp',
    'connected_to_agent_at': 'Agent.ConnectedToAgentTimestamp',
    'after_contact_work_started_at': 'Agent.AfterContactWorkStartTimestamp',
    'after_contact_work_ended_at': 'Agent.AfterContactWorkEndTimestamp',
    'transfer_completed_at': 'TransferCompletedTimestamp',
    'disconnected_at': 'DisconnectTimestamp',
    'updated_at': 'LastUpdateTimestamp',
} %}
{%- set durations = {
    'interaction': 'Agent.AgentInteractionDuration',
    'pause': 'Agent.AgentPauseDuration',
    'hold': 'Agent.CustomerHoldDuration',
    'after_contact_work': 'Agent.AfterContactWorkDuration',
    'queue': 'Queue.Duration',
    'third_party': 'ExternalThirdParty.ExternalThirdPartyInteractionDuration',
} %}
{%- set texts = {
    'source_record_id': 'ContactId',
    'initial_contact_id': 'InitialContactId',
    'previous_contact_id': 'PreviousContactId',
    'next_contact_id': 'NextContactId',
    'related_contact_id': 'RelatedContactId',
    'contact_association_id': 'ContactAssociationId',
    'channel_text': 'Channel',
    'channel_subtype': 'SegmentAttributes.connect:Subtype.ValueString',
    'initiation_method_text': 'InitiationMethod',
    'disconnect_reason_text': 'DisconnectReason',
    'machine_detection_text': 'AnsweringMachineDetectionStatus',
    'campaign_code': 'Campaign.CampaignId',
    'customer_id_text': 'CustomerId',
    'customer_endpoint_address': 'CustomerEndpoint.Address',
    'system_address': 'SystemEndpoint.Address',
    'transferred_to_address': 'TransferredToEndpoint.Address',
    'agent_arn': 'Agent.ARN',
    'agent_username': 'Agent.Username',
    'agent_transitions': 'Agent.StateTransitions',
    'queue_arn': 'Queue.ARN',
    'queue_name': 'Queue.Name',
    'first_response_text': 'ChatMetrics.ContactMetrics.AgentFirstResponseTimeInMillis',
} %}
{%- for name, path in times.items() %}
    {%- do texts.update({name ~ '_text': path}) %}
{%- endfor %}
{%- for name, path in durations.items() %}
    {%- do texts.update({name ~ '_text': path}) %}
{%- endfor %}
{%- for level in range(1, 6) %}
    {%- do texts.update({
        'group_' ~ level ~ '_arn': 'Agent.HierarchyGroups.Level' ~ level ~ '.ARN',
        'group_' ~ level ~ '_name': 'Agent.HierarchyGroups.Level' ~ level ~ '.GroupName',
    }) %}
{%- endfor %}
{%- set attributes = ['customer_id', 'reason', 'disposition', 'exclusion', 'voicemail'] %}
{%- for attribute in attributes %}
    {%- set given_name = var('amazon_connect_' ~ attribute ~ '_attribute') %}
    {%- if given_name %}
        {%- do texts.update({attribute ~ '_attribute': 'Attributes.' ~ given_name}) %}
    {%- endif %}
{%- endfor %}

with

landed_documents as (

    select * from {{ landed_documents('amazon_connect', 'contact_records') }}

),

parsed_documents as (

    select
        *,
        {{ parse_json('document', structure_of(texts.values())) }} as record
    from landed_documents

),

flat_records as (

    select
        parsed_documents.source_instance,
        parsed_documents.source_file,
        parsed_documents.source_row,
        {%- for attribute in attributes if attribute ~ '_attribute' not in texts %}
            cast(null as string) as {{ attribute }}_attribute,
        {%- endfor %}
        {%- for name, path in texts.items() %}
            nullif(trim({{ value_at('parsed_documents.record', path) }}), '') as {{ name }},
        {%- endfor %}
        coalesce(parsed_documents.document, parsed_documents.line) as row_text
    from parsed_documents

),

typed_records as (

    -- Ids of agents, groups and queues are the last part of their names in AWS.
    select
        source_instance,
        source_record_id,
        initial_contact_id,
        previous_contact_id,
        next_contact_id,
        related_contact_id,
        contact_association_id,

        upper(channel_text) as channel,
        channel_subtype,
        -- Without it nobody knows how the contact began, which is no reason to leave it out.
        coalesce(upper(initiation_method_text), 'UNKNOWN') as initiation_method,
        upper(disconnect_reason_text) as disconnect_reason,
        upper(machine_detection_text) as machine_detection,
        campaign_code,
        reason_attribute as contact_reason_code,
        disposition_attribute as disposition,
        lower(exclusion_attribute) as exclusion_reason,
        coalesce(customer_id_text, customer_id_attribute) as customer_id,
        customer_endpoint_address,
        system_address,
        {{ last_part('coalesce(agent_arn, agent_username)', '/') }} as agent_code,
        agent_username,
        {%- for level in range(1, 6) %}
            {{ last_part('group_' ~ level ~ '_arn', '/') }} as group_{{ level }}_code,
            group_{{ level }}_name,
        {%- endfor %}
        {{ last_part('queue_arn', '/') }} as queue_code,
        queue_name,

        {%- for name in durations %}
            try_cast({{ name }}_text as decimal(18, 3)) as {{ name }}_seconds,
        {%- endfor %}
        cast(try_cast(first_response_text as decimal(18, 3)) / 1000 as decimal(18, 3))
            as first_response_seconds,

        coalesce(queue_arn, queue_name, enqueued_at_text) is not null as has_queue,
        coalesce(queue_arn like '%/queue/agent/%', false) as is_agent_queue,
        transferred_to_address is not null as is_transferred_out,
        coalesce(agent_transitions like '%BARGE%', false) as has_barged,
        coalesce(lower(voicemail_attribute) not in ('0', 'false', 'no'), false) as is_voicemail,
        nullif(
            concat_ws(
                ', ',
                {%- for name in durations %}
                    {{ unreadable_flag(name ~ '_text', name) }}{{ ',' if not loop.last }}
                {%- endfor %}
            ),
            ''
        ) as unreadable_flag,

        {%- for name in times %}
            {{ utc_from_offset_text(name ~ '_text') }} as {{ name }},
        {%- endfor %}

        row_text,
        md5(row_text) as content_key,
        source_file,
        source_row
    from flat_records

),

judged_records as (

    select
        *,
        case
            when source_record_id is null then 'no_contact_record'
            when initiated_at is null then 'unusable_initiation_time'
            when channel is null or channel not in ('VOICE', 'CHAT', 'TASK', 'EMAIL')
                then 'unknown_channel'
        end as quarantine_reason,
        row_number() over (
            partition by source_instance, source_record_id, content_key
            order by source_file, source_row
        ) as copy_number
    from typed_records

),

-- Of two versions of the same instant any is as good, but it has to be the same one every time.
ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                source_instance, source_record_id, quarantine_reason is null and copy_number = 1
            order by updated_at desc nulls last, content_key desc
        ) as version_rank
    from judged_records

),

contact_records as (

    select
        source_record_id,
        initial_contact_id,
        previous_contact_id,
        next_contact_id,
        related_contact_id,
        contact_association_id,

        channel,
        channel_subtype,
        initiation_method,
        disconnect_reason,
        machine_detection,
        campaign_code,
        contact_reason_code,
        disposition,
        exclusion_reason,
        {{ customer_known_by([
            salted_hash('customer_id'),
            address_hash('customer_endpoint_address'),
        ]) }} as customer_hash,
        customer_id is not null as is_customer_known,
        system_address,

        agent_code,
        agent_username,
        {%- for level in range(1, 6) %}
            group_{{ level }}_code,
            group_{{ level }}_name,
        {%- endfor %}
        queue_code,
        queue_name,

        interaction_seconds,
        pause_seconds,
        hold_seconds,
        after_contact_work_seconds,
        queue_seconds,
        first_response_seconds,
        third_party_seconds,

        has_queue,
        is_agent_queue,
        is_transferred_out,
        has_barged,
        is_voicemail,
        unreadable_flag,
        {{ fate_of_versions({'step_by_step_guide': "channel_subtype = 'connect:Guide'"}) }},

        initiated_at,
        connected_to_system_at,
        enqueued_at,
        dequeued_at,
        accepted_at,
        connected_to_agent_at,
        after_contact_work_started_at,
        after_contact_work_ended_at,
        transfer_completed_at,
        disconnected_at,
        updated_at,

        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from contact_records
