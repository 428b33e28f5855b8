-- One row per usable ticket of Zendesk.
{{ config(materialized='table') }}
{%- set excluded_tags = var('zendesk_excluded_tags') %}

with

staged_tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}
    where row_status = 'used'

),

ticket_events as (

    select
        *,
        event_type in ('customer_message', 'agent_reply', 'bot_message', 'internal_note')
            as is_written
    from {{ ref('int_zendesk__ticket_events') }}

),

tags as (

    select * from {{ ref('stg_zendesk__ticket_tag') }}
    where row_status = 'used'

),

users as (

    select * from {{ ref('int_zendesk__users') }}

),

events_per_ticket as (

    select
        source_instance,
        source_ticket_id,
        max_by(queue_code, event_sequence) as queue_code,
        min(case when is_written then event_at end) as first_written_at,
        min_by(event_type, case when is_written then event_sequence end) as first_line,
        min_by(agent_code, case when is_written then event_sequence end) as first_agent_code
    from ticket_events
    group by source_instance, source_ticket_id

),

excluded_tickets as (

    select
        source_instance,
        source_ticket_id,
        min(
            case tag
                {%- for tag, reason in excluded_tags.items() %}
                    when {{ exact_text_literal(tag | lower) }}
                        then {{ exact_text_literal(reason) }}
                {%- else %}
                    when '' then 'test'
                {%- endfor %}
            end
        ) as exclusion_reason
    from tags
    group by source_instance, source_ticket_id

),

judged_tickets as (

    select
        'zendesk' as source_system,
        staged_tickets.*,
        events_per_ticket.queue_code,
        {{ customer_known_by([
            'requesters.email_hash',
            'requesters.phone_hash',
            salted_hash("'user ' || staged_tickets.source_requester_id"),
        ]) }} as customer_hash,
        case
            when requesters.email_hash is not null or requesters.phone_hash is not null
                then 'likely'
            when staged_tickets.source_requester_id is not null then 'certain'
            else 'anonymous'
        end as identity_confidence,
        case
            when staged_tickets.via_channel = 'sample_ticket' then 'test'
            when excluded_tickets.exclusion_reason is not null
                then excluded_tickets.exclusion_reason
            when requesters.is_agent then 'internal'
            when requesters.is_suspended then 'spam'
        end as exclusion_reason,
        submitters.source_user_id is not null
        and staged_tickets.source_submitter_id
        <> coalesce(staged_tickets.source_requester_id, '')
            as is_submitted_by_agent,
        events_per_ticket.first_line = 'agent_reply'
        or (
            events_per_ticket.first_line = 'internal_note'
            and events_per_ticket.first_agent_code is not null
        ) as is_begun_by_agent,
        -- A ticket begins with what was written first: where that is missing, the first answer may
        -- be missing too.
        coalesce(
            events_per_ticket.first_written_at
            > staged_tickets.created_at + interval '1' minute,
            true
        ) as is_beginning_missing
    from staged_tickets
    left join events_per_ticket
        on
            staged_tickets.source_instance = events_per_ticket.source_instance
            and staged_tickets.source_ticket_id = events_per_ticket.source_ticket_id
    left join excluded_tickets
        on
            staged_tickets.source_instance = excluded_tickets.source_instance
            and staged_tickets.source_ticket_id = excluded_tickets.source_ticket_id
    left join users as requesters
        on
            staged_tickets.source_instance = requesters.source_instance
            and staged_tickets.source_requester_id = requesters.source_user_id
    left join users as submitters
        on
            staged_tickets.source_instance = submitters.source_instance
            and staged_tickets.source_submitter_id = submitters.source_user_id
            and submitters.is_agent

),

tickets as (

    select
        {{ source_key('ticket', 'source_ticket_id') }} as ticket_key,
        -- A ticket about a call is that call's, when another source delivers it.
        case when channel_code <> 'phone' then {{ source_key('contact', 'source_ticket_id') }} end
            as contact_key,
        source_system,
        source_instance,
        source_ticket_id,
        previous_source_ticket_id,
        source_requester_id,
        external_source_contact_id,
        channel_code,
        customer_hash,
        identity_confidence,
        queue_code,
        cast(null as string) as contact_reason_code,
        case when priority in ('low', 'normal', 'high', 'urgent') then priority end as priority,
        false as is_linked_contact,
        exclusion_reason is not null as is_excluded,
        exclusion_reason,
        case when is_beginning_missing then is_submitted_by_agent else is_begun_by_agent end
            as opened_by_agent,
        is_beginning_missing,
        created_at,
        updated_at,
        nullif(
            concat_ws(
                ', ',
                case
                    when priority not in ('low', 'normal', 'high', 'urgent')
                        then 'undocumented_priority'
                end,
                case when is_beginning_missing then 'beginning_missing' end
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from judged_tickets

)

select * from tickets
