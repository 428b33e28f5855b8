-- One row per time a text message, social message or ticket of the sample waited in one queue.
{{ config(materialized='table') }}

with

written_events as (

    select * from {{ ref('int_sample__written_events') }}
    where queue_code is not null

),

written_contacts as (

    select * from {{ ref('int_sample__written_contacts') }}
    where direction = 'inbound'

),

events_of_contacts as (

    select
        written_events.*,
        lag(written_events.queue_code) over (
            partition by written_events.contact_key
            order by written_events.event_sequence
        ) as previous_queue_code
    from written_events
    inner join written_contacts
        on written_events.source_contact_id = written_contacts.source_contact_id

),

numbered_events as (

    select
        *,
        sum(case when queue_code = previous_queue_code then 0 else 1 end) over (
            partition by contact_key
            order by event_sequence
            rows between unbounded preceding and current row
        ) as visit_number
    from events_of_contacts

),

entries as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        visit_number,
        min(queue_code) as queue_code,
        min(event_at) as offered_at,
        -- Somebody sent it here; a rule does so without a name.
        max(
            case
                when queue_code is distinct from previous_queue_code and agent_code is not null
                    then 1
                else 0
            end
        ) = 1 as was_sent_by_agent,
        min(case when event_type = 'agent_reply' then event_at end) as answered_at,
        min(case when entered_status in ('solved', 'closed', 'spam') then event_at end)
            as solved_at
    from numbered_events
    group by contact_key, source_system, source_instance, source_contact_id, visit_number

),

-- A reply and the end may fall into the same second: the reply came first.
exited_entries as (

    select
        *,
        case
            when solved_at < answered_at then null
            else answered_at
        end as reply_at,
        lead(offered_at) over (
            partition by contact_key
            order by visit_number
        ) as next_offered_at
    from entries

),

timed_visits as (

    select
        exited_entries.*,
        written_contacts.channel_code,
        written_contacts.contact_reason_code,
        written_contacts.is_excluded,
        written_contacts.dq_flag as reason_flag,
        written_contacts.source_file,
        written_contacts.source_row,
        written_contacts.loaded_at,
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
    inner join written_contacts on exited_entries.contact_key = written_contacts.contact_key

),

elapsed_visits as (

    select
        *,
        {{ seconds_between('offered_at', 'exited_at') }} as elapsed_seconds
    from timed_visits

),

written_queue_visits as (

    select
        {{ source_key('queue_visit', "concat_ws('.', source_contact_id, visit_number)") }}
            as visit_key,
        contact_key,
        source_system,
        source_instance,
        concat_ws('.', source_contact_id, visit_number) as source_visit_id,
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
                ', ', reason_flag, {{ duration_flag('elapsed_seconds', 'wait', 2592000) }}
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from elapsed_visits

)

select * from written_queue_visits
