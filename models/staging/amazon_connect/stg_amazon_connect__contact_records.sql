-- One row per landed contact record and per malformed line between them, used or not.
{%- set attribute_of = {
    'customer_id': var('amazon_connect_customer_id_attribute'),
    'reason': var('amazon_connect_reason_attribute'),
    'disposition': var('amazon_connect_disposition_attribute'),
    'exclusion': var('amazon_connect_exclusion_attribute'),
    'voicemail': var('amazon_connect_voicemail_attribute'),
} %}
{%- set attributes = {} %}
{%- for name in attribute_of.values() if name %}
    {%- do attributes.update({name: none}) %}
{%- endfor %}
{%- set group = {'ARN': none, 'GroupName': none} %}
{%- set endpoint = {'Type': none, 'Address': none} %}
{%- set structure = {
    'ContactId': none,
    'InitialContactId': none,
    'PreviousContactId': none,
    'NextContactId': none,
    'RelatedContactId': none,
    'ContactAssociationId': none,
    'Channel': none,
    'InitiationMethod': none,
    'InitiationTimestamp': none,
    'ConnectedToSystemTimestamp': none,
    'DisconnectTimestamp': none,
    'DisconnectReason': none,
    'LastUpdateTimestamp': none,
    'TransferCompletedTimestamp': none,
    'TransferredToEndpoint': endpoint,
    'CustomerEndpoint': endpoint,
    'SystemEndpoint': endpoint,
    'CustomerId': none,
    'AnsweringMachineDetectionStatus': none,
    'Campaign': {'CampaignId': none},
    'ExternalThirdParty': {'ExternalThirdPartyInteractionDuration': none},
    'ChatMetrics': {'ContactMetrics': {'AgentFirstResponseTimeInMillis': none}},
    'SegmentAttributes': {'connect:Subtype': {'ValueString': none}},
    'Agent': {
        'ARN': none,
        'Username': none,
        'ConnectedToAgentTimestamp': none,
        'AcceptedByAgentTimestamp': none,
        'AgentInteractionDuration': none,
        'AgentPauseDuration': none,
        'CustomerHoldDuration': none,
        'AfterContactWorkStartTimestamp': none,
        'AfterContactWorkEndTimestamp': none,
        'AfterContactWorkDuration': none,
        'StateTransitions': none,
        'HierarchyGroups': {
            'Level1': group, 'Level2': group, 'Level3': group, 'Level4': group, 'Level5': group,
        },
    },
    'Queue': {
        'ARN': none,
        'Name': none,
        'EnqueueTimestamp': none,
        'DequeueTimestamp': none,
        'Duration': none,
    },
} %}
{%- if attributes %}
    {%- do structure.update({'Attributes': attributes}) %}
{%- endif %}
{%- set subtype = adapter.quote('connect:Subtype') %}
{%- set durations = {
    'interaction': 'Agent.AgentInteractionDuration',
    'pause': 'Agent.AgentPauseDuration',
    'hold': 'Agent.CustomerHoldDuration',
    'after_contact_work': 'Agent.AfterContactWorkDuration',
    'queue': 'Queue.Duration',
} %}

with

landed_documents as (

    select * from {{ landed_documents('amazon_connect', 'contact_records') }}

),

parsed_documents as (

    select
        source_instance,
        source_file,
        source_row,
        coalesce(document, line) as document_text,
        {{ parse_json('document', structure) }} as record
    from landed_documents

),

typed_records as (

    -- Ids of agents and queues are the last part of their names in AWS, which outlive a renaming.
    select
        source_instance,
        record.ContactId as source_record_id,
        record.InitialContactId as initial_contact_id,
        record.PreviousContactId as previous_contact_id,
        record.NextContactId as next_contact_id,
        record.RelatedContactId as related_contact_id,
        record.ContactAssociationId as contact_association_id,

        upper(record.Channel) as channel,
        record.SegmentAttributes.{{ subtype }}.ValueString as channel_subtype,
        upper(record.InitiationMethod) as initiation_method,
        upper(record.DisconnectReason) as disconnect_reason,
        upper(record.AnsweringMachineDetectionStatus) as machine_detection,
        record.Campaign.CampaignId as campaign_code,

        {%- for what in ['customer_id', 'reason', 'disposition', 'exclusion', 'voicemail'] %}
            {%- if attribute_of[what] %}
                nullif(trim(record.Attributes.{{ adapter.quote(attribute_of[what]) }}), '')
                    as {{ what }}_attribute,
            {%- else %}
                cast(null as varchar) as {{ what }}_attribute,
            {%- endif %}
        {%- endfor %}
        nullif(trim(record.CustomerId), '') as customer_id,
        lower(
            case
                when record.CustomerEndpoint.Type like '%MAIL%'
                    then trim(record.CustomerEndpoint.Address)
                else translate(record.CustomerEndpoint.Address, '-(). ', '')
            end
        ) as customer_address,
        record.SystemEndpoint.Address as system_address,
        record.TransferredToEndpoint.Address is not null as is_transferred_out,

        regexp_replace(coalesce(record.Agent.ARN, record.Agent.Username), '^.*/', '')
            as agent_code,
        record.Agent.Username as agent_username,
        {%- for level in range(1, 6) %}
            regexp_replace(record.Agent.HierarchyGroups.Level{{ level }}.ARN, '^.*/', '')
                as group_{{ level }}_code,
            record.Agent.HierarchyGroups.Level{{ level }}.GroupName as group_{{ level }}_name,
        {%- endfor %}
        coalesce(record.Agent.StateTransitions like '%BARGE%', false) as has_barged,

        regexp_replace(record.Queue.ARN, '^.*/', '') as queue_code,
        record.Queue.Name as queue_name,
        coalesce(record.Queue.ARN like '%/queue/agent/%', false) as is_agent_queue,
        coalesce(record.Queue.ARN, record.Queue.Name, record.Queue.EnqueueTimestamp) is not null
            as has_queue,

        {%- for name, field in durations.items() %}
            try_cast(record.{{ field }} as decimal(18, 3)) as {{ name }}_seconds,
        {%- endfor %}
        cast(
            try_cast(
                record.ChatMetrics.ContactMetrics.AgentFirstResponseTimeInMillis as decimal(18, 3)
            ) / 1000 as decimal(18, 3)
        ) as first_response_seconds,
        try_cast(
            record.ExternalThirdParty.ExternalThirdPartyInteractionDuration as decimal(18, 3)
        ) as third_party_seconds,

        {{ utc_from_offset_text('record.InitiationTimestamp') }} as initiated_at,
        {{ utc_from_offset_text('record.ConnectedToSystemTimestamp') }} as connected_to_system_at,
        {{ utc_from_offset_text('record.Queue.EnqueueTimestamp') }} as enqueued_at,
        {{ utc_from_offset_text('record.Queue.DequeueTimestamp') }} as dequeued_at,
        {{ utc_from_offset_text('record.Agent.AcceptedByAgentTimestamp') }} as accepted_at,
        {{ utc_from_offset_text('record.Agent.ConnectedToAgentTimestamp') }}
            as connected_to_agent_at,
        {{ utc_from_offset_text('record.Agent.AfterContactWorkStartTimestamp') }}
            as after_contact_work_started_at,
        {{ utc_from_offset_text('record.Agent.AfterContactWorkEndTimestamp') }}
            as after_contact_work_ended_at,
        {{ utc_from_offset_text('record.TransferCompletedTimestamp') }} as transfer_completed_at,
        {{ utc_from_offset_text('record.DisconnectTimestamp') }} as disconnected_at,
        {{ utc_from_offset_text('record.LastUpdateTimestamp') }} as updated_at,

        nullif(
            concat_ws(
                ', ',
                {%- for name, field in durations.items() %}
                    {{ unreadable_flag('record.' ~ field, name) }}{{ ',' if not loop.last }}
                {%- endfor %}
            ),
            ''
        ) as unreadable_flag,
        document_text,
        md5(document_text) as content_key,
        source_file,
        source_row
    from parsed_documents

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
        reason_attribute as contact_reason_code,
        disposition_attribute as disposition,
        lower(exclusion_attribute) as exclusion_reason,
        case
            when coalesce(customer_id, customer_id_attribute) is not null
                then {{ salted_hash('coalesce(customer_id, customer_id_attribute)') }}
            when customer_address not in ('', 'anonymous', 'unknown', 'restricted', 'private')
                then {{ salted_hash('customer_address') }}
        end as customer_hash,
        coalesce(customer_id, customer_id_attribute) is not null as is_customer_known,
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
        coalesce(lower(voicemail_attribute) not in ('0', 'false', 'no'), false) as is_voicemail,
        unreadable_flag,
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then 'quarantined'
            when version_rank > 1 or channel_subtype = 'connect:Guide' then 'dropped'
            else 'used'
        end as row_status,
        case
            when copy_number > 1 then 'exact_duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_rank > 1 then 'superseded_version'
            when channel_subtype = 'connect:Guide' then 'step_by_step_guide'
        end as row_status_reason,
        case
            when copy_number = 1 and quarantine_reason is not null then document_text
        end as raw_values,

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
