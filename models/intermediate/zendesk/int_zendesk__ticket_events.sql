-- One row per thing that happened to a ticket of Zendesk, in order, with what is in force after it.
{{ config(materialized='table') }}
{%- set time_spent_field = text_of('zendesk_time_spent_field') %}

with

tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}
    where row_status = 'used'

),

written_lines as (

    select * from {{ ref('int_zendesk__written_lines') }}

),

field_changes as (

    select * from {{ ref('stg_zendesk__ticket_field_history') }}
    where
        row_status = 'used'
        and field_name in ('status', 'group_id', 'assignee_id', {{ time_spent_field }})

),

agents as (

    select * from {{ ref('int_zendesk__users') }}
    where is_agent

),

-- The last that the history tells may be older than what the ticket itself says.
last_changes as (

    select
        source_instance,
        source_ticket_id,
        field_name,
        max_by(coalesce(field_value, ''), changed_at) as field_value,
        max(changed_at) as changed_at
    from field_changes
    group by source_instance, source_ticket_id, field_name

),

all_events as (

    select
        source_instance,
        source_ticket_id,
        concat_ws(':', source_ticket_id, 'created') as source_event_id,
        'created' as event_type,
        cast(null as string) as entered_queue_code,
        'new' as entered_status,
        cast(null as string) as entered_assignee,
        source_submitter_id as source_user_id,
        cast(null as decimal(18, 3)) as work_seconds,
        1 as event_rank,
        created_at as event_at,
        source_file,
        source_row,
        loaded_at
    from tickets

    union all

    select
        written_lines.source_instance,
        written_lines.source_ticket_id,
        written_lines.source_message_id as source_event_id,
        case
            when not written_lines.is_public then 'internal_note'
            when written_lines.sender = 'customer' then 'customer_message'
            when written_lines.sender = 'agent' then 'agent_reply'
            else 'bot_message'
        end as event_type,
        null as entered_queue_code,
        null as entered_status,
        null as entered_assignee,
        case when written_lines.sender = 'agent' then written_lines.source_user_id end
            as source_user_id,
        null as work_seconds,
        3 as event_rank,
        written_lines.written_at as event_at,
        written_lines.source_file,
        written_lines.source_row,
        written_lines.loaded_at
    from written_lines

    union all

    select
        field_changes.source_instance,
        field_changes.source_ticket_id,
        concat_ws(
            ':',
            field_changes.source_ticket_id,
            field_changes.field_name,
            cast(field_changes.changed_at as string)
        ) as source_event_id,
        case field_changes.field_name
            when 'group_id' then 'queue'
            when 'assignee_id' then 'assignment'
            when 'status' then 'status'
            else 'work'
        end as event_type,
        case when field_changes.field_name = 'group_id' then field_changes.field_value end
            as entered_queue_code,
        case when field_changes.field_name = 'status' then field_changes.field_value end
            as entered_status,
        -- Nobody is an assignee too, other than no change.
        case
            when field_changes.field_name = 'assignee_id'
                then coalesce(field_changes.field_value, '')
        end as entered_assignee,
        field_changes.source_user_id,
        case
            when field_changes.field_name = {{ time_spent_field }}
                then try_cast(field_changes.field_value as decimal(18, 3))
        end as work_seconds,
        case field_changes.field_name
            when 'group_id' then 2
            when 'assignee_id' then 2
            when 'status' then 5
            else 4
        end as event_rank,
        -- Nothing happens to a ticket before it is there.
        greatest(field_changes.changed_at, tickets.created_at) as event_at,
        field_changes.source_file,
        field_changes.source_row,
        field_changes.loaded_at
    from field_changes
    inner join tickets
        on
            field_changes.source_instance = tickets.source_instance
            and field_changes.source_ticket_id = tickets.source_ticket_id
    where coalesce(field_changes.field_value, '') <> 'deleted'

    union all

    select
        tickets.source_instance,
        tickets.source_ticket_id,
        concat_ws(':', tickets.source_ticket_id, 'status', 'as it is') as source_event_id,
        'status' as event_type,
        null as entered_queue_code,
        tickets.status as entered_status,
        null as entered_assignee,
        null as source_user_id,
        null as work_seconds,
        5 as event_rank,
        greatest(tickets.updated_at, tickets.created_at) as event_at,
        tickets.source_file,
        tickets.source_row,
        tickets.loaded_at
    from tickets
    left join last_changes
        on
            tickets.source_instance = last_changes.source_instance
            and tickets.source_ticket_id = last_changes.source_ticket_id
            and last_changes.field_name = 'status'
    where
        tickets.status in ('open', 'pending', 'on_hold', 'solved', 'closed')
        and tickets.status is distinct from last_changes.field_value
        and tickets.updated_at >= coalesce(last_changes.changed_at, tickets.created_at)

    union all

    select
        tickets.source_instance,
        tickets.source_ticket_id,
        concat_ws(':', tickets.source_ticket_id, 'assignee_id', 'as it is') as source_event_id,
        'assignment' as event_type,
        null as entered_queue_code,
        null as entered_status,
        tickets.source_assignee_id as entered_assignee,
        null as source_user_id,
        null as work_seconds,
        2 as event_rank,
        greatest(tickets.updated_at, tickets.created_at) as event_at,
        tickets.source_file,
        tickets.source_row,
        tickets.loaded_at
    from tickets
    left join last_changes
        on
            tickets.source_instance = last_changes.source_instance
            and tickets.source_ticket_id = last_changes.source_ticket_id
            and last_changes.field_name = 'assignee_id'
    where
        tickets.source_assignee_id <> coalesce(last_changes.field_value, '')
        and tickets.updated_at >= coalesce(last_changes.changed_at, tickets.created_at)

),

-- In one second a ticket is created, routed and assigned before anything is written, and what is
-- written comes before the status that it leads to.
ranked_events as (

    select
        all_events.*,
        agents.source_user_id as agent_code,
        tickets.source_group_id,
        row_number() over (
            partition by all_events.source_instance, all_events.source_ticket_id
            order by all_events.event_at, all_events.event_rank, all_events.source_event_id
        ) as event_sequence
    from all_events
    inner join tickets
        on
            all_events.source_instance = tickets.source_instance
            and all_events.source_ticket_id = tickets.source_ticket_id
    left join agents
        on
            all_events.source_instance = agents.source_instance
            and all_events.source_user_id = agents.source_user_id

),

-- Until the first routing the ticket waits for the queue that it is routed to.
events_in_queues as (

    select
        *,
        coalesce(
            {{ last_known('entered_queue_code') }} over so_far,
            {{ last_known('entered_queue_code') }} over backwards,
            source_group_id
        ) as queue_code,
        {{ last_known('entered_status') }} over so_far as status,
        nullif({{ last_known('entered_assignee') }} over so_far, '') as assigned_agent_code
    from ranked_events
    window
        so_far as (
            partition by source_instance, source_ticket_id
            order by event_sequence
            rows between unbounded preceding and current row
        ),
        backwards as (
            partition by source_instance, source_ticket_id
            order by event_sequence desc
            rows between unbounded preceding and current row
        )

),

events_with_queue_before as (

    select
        *,
        lag(queue_code) over (
            partition by source_instance, source_ticket_id
            order by event_sequence
        ) as previous_queue_code
    from events_in_queues

),

ticket_events as (

    select
        'zendesk' as source_system,
        source_instance,
        source_event_id,
        source_ticket_id,
        event_type,
        queue_code,
        previous_queue_code,
        entered_status,
        coalesce(status, 'new') as status,
        -- Who wrote is known by the line itself, whatever the list of users says.
        case
            when event_type in ('agent_reply', 'internal_note') then source_user_id
            else agent_code
        end as agent_code,
        assigned_agent_code,
        work_seconds,
        cast(event_sequence as bigint) as event_sequence,
        cast(
            sum(
                case
                    when event_sequence = 1 or queue_code is distinct from previous_queue_code
                        then 1
                    else 0
                end
            ) over (
                partition by source_instance, source_ticket_id
                order by event_sequence
                rows between unbounded preceding and current row
            ) as int
        ) as visit_number,
        event_at,
        source_file,
        source_row,
        loaded_at
    from events_with_queue_before

)

select * from ticket_events
