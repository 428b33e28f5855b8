-- One row per time a ticket of Zendesk waited in one group.
{{ config(materialized='table') }}

with

ticket_events as (

    select * from {{ ref('int_zendesk__ticket_events') }}

),

-- When a ticket was answered nobody knows where its beginning is missing.
tickets as (

    select * from {{ ref('int_zendesk__tickets') }}
    where channel_code <> 'phone' and not opened_by_agent and not is_beginning_missing

),

entries as (

    select
        source_instance,
        source_ticket_id,
        visit_number,
        max(queue_code) as queue_code,
        min(event_at) as offered_at,
        -- Somebody sent it here; a rule does so without a name.
        max(
            case
                when
                    event_type = 'queue'
                    and queue_code is distinct from previous_queue_code
                    and agent_code is not null
                    then 1
                else 0
            end
        ) = 1 as was_sent_by_agent,
        min(case when event_type = 'agent_reply' then event_at end) as answered_at,
        min(case when entered_status in ('solved', 'closed') then event_at end) as solved_at
    from ticket_events
    group by source_instance, source_ticket_id, visit_number

),

-- A reply and the end may fall into the same second: the reply came first.
exited_entries as (

    select
        *,
        case when solved_at < answered_at then null else answered_at end as reply_at,
        lead(offered_at) over (
            partition by source_instance, source_ticket_id
            order by visit_number
        ) as next_offered_at
    from entries

),

timed_visits as (

    select
        tickets.contact_key,
        tickets.source_system,
        tickets.source_instance,
        concat_ws('.', tickets.source_ticket_id, exited_entries.visit_number) as source_visit_id,
        tickets.channel_code,
        tickets.contact_reason_code,
        tickets.is_excluded,
        tickets.dq_flag as ticket_flag,
        tickets.source_file,
        tickets.source_row,
        tickets.loaded_at,
        exited_entries.queue_code,
        exited_entries.visit_number,
        exited_entries.was_sent_by_agent,
        exited_entries.offered_at,
        exited_entries.reply_at,
        case
            when exited_entries.reply_at is not null then 'answered'
            when exited_entries.solved_at is not null then 'solved_without_reply'
            when exited_entries.next_offered_at is not null then 'overflow_queue'
            else 'open'
        end as exit_reason,
        coalesce(
            exited_entries.reply_at, exited_entries.solved_at, exited_entries.next_offered_at
        ) as exited_at
    from exited_entries
    inner join tickets
        on
            exited_entries.source_instance = tickets.source_instance
            and exited_entries.source_ticket_id = tickets.source_ticket_id

),

elapsed_visits as (

    select
        *,
        {{ seconds_between('offered_at', 'exited_at') }} as elapsed_seconds
    from timed_visits

),

queue_visits as (

    select
        {{ source_key('queue_visit', 'source_visit_id') }} as visit_key,
        contact_key,
        source_system,
        source_instance,
        source_visit_id,
        queue_code,
        channel_code,
        'inbound' as direction,
        case when visit_number > 1 and was_sent_by_agent then 'transfer' else 'inbound' end
            as visit_type,
        contact_reason_code,
        exit_reason,
        true as was_queued,
        is_excluded,
        {{ usable_seconds('elapsed_seconds', 2592000) }} as wait_seconds,
        offered_at,
        reply_at as answered_at,
        exited_at,
        nullif(
            concat_ws(
                ', ', ticket_flag, {{ duration_flag('elapsed_seconds', 'wait', 2592000) }}
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from elapsed_visits

)

select * from queue_visits
