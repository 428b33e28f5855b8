-- One row per landed row of the tickets, used or not.
{%- set channels = var('zendesk_channels') %}
{%- set known_channels = [] %}
{%- for via_channel in channels %}
    {%- do known_channels.append(exact_text_literal(via_channel)) %}
{%- endfor %}
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'ticket') }}

),

typed_rows as (

    select
        source_instance,
        id as source_ticket_id,
        external_id as external_source_contact_id,
        requester_id as source_requester_id,
        submitter_id as source_submitter_id,
        assignee_id as source_assignee_id,
        group_id as source_group_id,
        case when lower(via_source_rel) = 'follow_up' then via_source_from_id end
            as previous_source_ticket_id,
        {{ split_fields("translate(merged_ticket_ids, '[]\" ', '')", ',') }} as merged_ticket_ids,
        lower(via_channel) as via_channel,
        case lower(via_channel)
            {%- for via_channel, channel in channels.items() %}
                when {{ exact_text_literal(via_channel) }} then {{ exact_text_literal(channel) }}
            {%- endfor %}
        end as channel_code,
        lower(priority) as priority,
        replace(lower(status), '-', '_') as landed_status,
        {{ utc_from_offset_text('created_at') }} as created_at,
        {{ utc_from_offset_text('updated_at') }} as updated_at,
        {{ fivetran_columns({
            'missing_ticket_id': 'id is null',
            'unknown_channel': "coalesce(lower(via_channel), '') not in ("
                ~ known_channels | join(', ') ~ ")",
            'unusable_created_at': '(' ~ utc_from_offset_text('created_at') ~ ') is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_ticket_id'], 'updated_at') }}
    from typed_rows

),

-- The API does not say which tickets were merged into another: their tag does.
instances_without_lists as (

    select source_instance
    from ranked_rows
    group by source_instance
    having count(merged_ticket_ids) = 0

),

tagged_tickets as (

    select
        tags.source_instance,
        tags.source_ticket_id
    from {{ ref('stg_zendesk__ticket_tag') }} as tags
    inner join instances_without_lists
        on tags.source_instance = instances_without_lists.source_instance
    where tags.row_status = 'used' and tags.tag = 'closed_by_merge'

),

-- The ticket that others were merged into names them.
merged_tickets as (

    select
        source_instance,
        {{ each_element('merged_ticket_ids') }} as source_ticket_id
    from ranked_rows
    where
        version_rank = 1
        and quarantine_reason is null
        and not is_deleted
        and coalesce(landed_status, '') <> 'deleted'

    union

    select
        source_instance,
        source_ticket_id
    from tagged_tickets

),

tickets as (

    select
        ranked_rows.source_instance,
        ranked_rows.source_ticket_id,
        ranked_rows.external_source_contact_id,
        ranked_rows.source_requester_id,
        ranked_rows.source_submitter_id,
        ranked_rows.source_assignee_id,
        ranked_rows.source_group_id,
        ranked_rows.previous_source_ticket_id,
        ranked_rows.via_channel,
        ranked_rows.channel_code,
        ranked_rows.priority,
        case ranked_rows.landed_status when 'hold' then 'on_hold' else ranked_rows.landed_status end
            as status,
        {{ fivetran_fate({
            'deleted_ticket': "landed_status = 'deleted'",
            'merged_into_another': 'merged_tickets.source_ticket_id is not null',
        }) }},
        ranked_rows.created_at,
        ranked_rows.updated_at,
        ranked_rows.source_file,
        ranked_rows.source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows
    left join merged_tickets
        on
            ranked_rows.source_instance = merged_tickets.source_instance
            and ranked_rows.source_ticket_id = merged_tickets.source_ticket_id

)

select * from tickets
