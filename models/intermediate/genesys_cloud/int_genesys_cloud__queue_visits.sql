-- One row per entry of an inbound contact into a queue, callbacks inside.
with

queue_entries as (

    select * from {{ ref('int_genesys_cloud__queue_entries') }}

),

placed_connections as (

    select * from {{ ref('int_genesys_cloud__placed_connections') }}

),

contacts as (

    select * from {{ ref('int_genesys_cloud__contacts') }}

),

agent_stretches as (

    select * from {{ ref('int_genesys_cloud__agent_stretches') }}

),

answers as (

    select
        visit_key,
        min(connected_at) as answered_at,
        min_by(answered_seconds, connected_at) as answered_seconds
    from placed_connections
    where visit_key is not null and leg_type = 'customer'
    group by visit_key

),

transfers as (

    select
        contact_key,
        min(connected_at) as first_transfer_at
    from placed_connections
    where transfer_type in ('blind', 'warm')
    group by contact_key

),

-- Whether an agent dialed at all for a callback, in a record that we have.
dialed_callbacks as (

    select distinct contact_key from agent_stretches
    where is_dialed and callback_taken_at is not null

),

answered_entries as (

    select
        queue_entries.*,
        contacts.is_excluded,
        answers.answered_at,
        answers.answered_seconds as agent_answered_seconds,
        coalesce(transfers.first_transfer_at < queue_entries.offered_at, false)
            as follows_transfer,
        dialed_callbacks.contact_key is not null as was_dialed,
        lead(queue_entries.offered_at) over (
            partition by queue_entries.contact_key
            order by queue_entries.offered_at, queue_entries.source_visit_id
        ) as next_offered_at
    from queue_entries
    inner join contacts on queue_entries.contact_key = contacts.contact_key
    left join answers on queue_entries.visit_key = answers.visit_key
    left join transfers on queue_entries.contact_key = transfers.contact_key
    left join dialed_callbacks on queue_entries.contact_key = dialed_callbacks.contact_key

),

ended_entries as (

    select
        *,
        case
            when answered_at is not null then 'answered'
            when entry_type = 'callback' and left_at is null then 'open'
            when entry_type = 'callback' and was_dialed then 'callback_failed'
            when entry_type = 'callback' then 'unknown'
            when left_at is null then 'open'
            -- The agent's own record is missing.
            when answered_seconds is not null then 'answered'
            when
                flow_out_type = 'callback'
                or callback_requested_at
                between offered_at and left_at + interval '5' second
                then 'callback_requested'
            when flow_out_type = 'voicemail' then 'voicemail'
            when has_flow_out and next_offered_at is not null then 'overflow_queue'
            when has_flow_out and flow_out_type in ('acd', 'queue') then 'overflow_queue'
            -- The flow in the queue sent it elsewhere.
            when has_flow_out and flow_out_type in ('ivr', 'flow') then 'key_exit'
            when
                has_flow_out
                and flow_out_type in ('external', 'user', 'agent', 'group', 'station')
                then 'overflow_queue'
            when has_flow_out then 'unknown'
            when
                disconnect_type in ('inactivity', 'sessionExpired', 'timeout')
                then 'timeout'
            when disconnect_type in ('error', 'system', 'transportFailure', 'uncallable')
                then 'system_lost'
            -- Who wrote cannot hang up: the case was closed.
            when channel_code = 'email' then 'solved_without_reply'
            when has_abandon or disconnect_type in ('peer', 'endpoint', 'client')
                then 'abandoned'
            when next_offered_at is not null then 'overflow_queue'
            else 'unknown'
        end as exit_reason,
        case
            when answered_at is not null then answered_at
            when answered_seconds is not null then left_at
        end as known_answered_at
    from answered_entries

),

timed_entries as (

    select
        *,
        case
            when exit_reason = 'answered' then known_answered_at
            when exit_reason <> 'open' then left_at
        end as exited_at,
        {{ seconds_between('offered_at', 'exited_at') }} as elapsed_seconds,
        case
            when entry_type <> 'queue' or is_after_consult then null
            when exit_reason = 'answered'
                then coalesce(agent_answered_seconds, answered_seconds)
            else unanswered_seconds
        end as measured_seconds
    from ended_entries

),

queue_visits as (

    select
        visit_key,
        contact_key,
        source_system,
        source_instance,
        source_visit_id,
        queue_id as queue_code,
        channel_code,
        direction,
        case
            when entry_type = 'callback' then 'callback'
            when follows_transfer then 'transfer'
            else 'inbound'
        end as visit_type,
        cast(null as string) as contact_reason_code,
        exit_reason,

        -- What the platform measured wins while it agrees with the segments to 2 s.
        case
            when abs(measured_seconds - elapsed_seconds) <= 2 then measured_seconds
            else {{ usable_seconds('elapsed_seconds', 2592000) }}
        end as wait_seconds,

        entry_type <> 'no_queue'
        and not (is_after_consult and coalesce(elapsed_seconds = 0, false)) as was_queued,
        is_excluded,
        nullif(
            concat_ws(
                ', ',
                case when is_restored then 'no_record_of_the_queue' end,
                case
                    when exit_reason = 'unknown' and has_flow_out then 'undocumented_flow_out'
                    when exit_reason = 'unknown' and entry_type = 'callback'
                        then 'no_record_of_the_call_back'
                    when exit_reason = 'unknown' then 'undocumented_end'
                end,
                {{ duration_flag('elapsed_seconds', 'wait', 2592000) }}
            ),
            ''
        ) as dq_flag,

        offered_at,
        case when exit_reason = 'answered' then known_answered_at end as answered_at,
        exited_at,

        source_file,
        source_row,
        loaded_at
    from timed_entries

)

select * from queue_visits
