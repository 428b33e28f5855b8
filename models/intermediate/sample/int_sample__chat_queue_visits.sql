-- One row per entry of a chat of the sample into a queue.
with

chat_segments as (

    select * from {{ ref('int_sample__chat_segments') }}
    where segment_type = 'queue'

),

-- Accepting a chat is no answer yet: the agent's first message is.
answered_segments as (

    select
        *,
        case when outcome = 'ANSWERED' then first_agent_message_at end as answered_at
    from chat_segments

),

timed_visits as (

    select
        *,
        {{ seconds_between('started_at', 'coalesce(answered_at, ended_at)') }} as elapsed_seconds
    from answered_segments

),

chat_queue_visits as (

    select
        visit_key,
        contact_key,
        source_system,
        source_instance,
        source_segment_id as source_visit_id,
        queue_code,
        'chat' as channel_code,
        'inbound' as direction,
        case when follows_transfer then 'transfer' else 'inbound' end as visit_type,
        contact_reason_code,
        case
            when answered_at is not null then 'answered'
            -- Accepted, and left before the agent wrote anything.
            when outcome = 'ANSWERED' and ended_at is not null then 'abandoned'
            when outcome = 'ABANDONED' then 'abandoned'
            when outcome = 'TIMEOUT' then 'timeout'
            when outcome = 'CLOSED' then 'closed'
            when outcome = 'NO_AGENTS' then 'no_agents'
            when ended_at is null then 'open'
            else 'unknown'
        end as exit_reason,
        true as was_queued,
        exclusion_reason is not null as is_excluded,
        {{ usable_seconds('elapsed_seconds') }} as wait_seconds,
        started_at as offered_at,
        answered_at,
        coalesce(answered_at, ended_at) as exited_at,
        nullif(
            concat_ws(
                ', ',
                reason_flag,
                {{ duration_flag('elapsed_seconds', 'wait') }},
                case
                    when outcome = 'ANSWERED' and answered_at is null then 'no_message_of_the_agent'
                    when
                        outcome not in ('ANSWERED', 'ABANDONED', 'TIMEOUT', 'CLOSED', 'NO_AGENTS')
                        then 'undocumented_outcome'
                end
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from timed_visits

)

select * from chat_queue_visits
