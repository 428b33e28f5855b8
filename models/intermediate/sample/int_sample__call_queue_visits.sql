-- One row per entry of a call of the sample into a queue, callbacks inside.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where segment_type in ('queue', 'callback')

),

timed_visits as (

    select
        *,
        {{ seconds_between('queue_entered_at', 'coalesce(answered_at, ended_at)') }}
            as elapsed_seconds
    from contact_segments

),

queue_visits as (

    select
        visit_key,
        contact_key,
        source_system,
        source_instance,
        source_segment_id as source_visit_id,
        queue_code,
        channel_code,
        direction,
        case
            when segment_type = 'callback' then 'callback'
            when follows_transfer then 'transfer'
            else 'inbound'
        end as visit_type,
        contact_reason_code,
        case outcome
            when 'ANSWERED' then 'answered'
            when 'ABANDONED' then 'abandoned'
            when 'OVERFLOW' then 'overflow_queue'
            when 'TIMEOUT' then 'timeout'
            when 'VOICEMAIL' then 'voicemail'
            when 'CLOSED' then 'closed'
            when 'KEY_EXIT' then 'key_exit'
            when 'NO_AGENTS' then 'no_agents'
            when 'CALLBACK_REQUESTED' then 'callback_requested'
            when 'CALLBACK_FAILED' then 'callback_failed'
            else case when ended_at is null then 'open' else 'unknown' end
        end as exit_reason,
        -- A warm transfer brings the customer straight to the agent.
        coalesce(answered_at > queue_entered_at, true) as was_queued,
        exclusion_reason is not null as is_excluded,
        {{ measured_or_elapsed_seconds('wait_seconds', 'elapsed_seconds') }} as wait_seconds,
        queue_entered_at as offered_at,
        answered_at,
        coalesce(answered_at, ended_at) as exited_at,
        nullif(
            concat_ws(
                ', ',
                reason_flag,
                unreadable_flag,
                {{ duration_flag('coalesce(wait_seconds, elapsed_seconds)', 'wait') }},
                case
                    when abs(wait_seconds - elapsed_seconds) > 2 then 'wait_differs_from_timestamps'
                end,
                case
                    when
                        outcome not in (
                            'ANSWERED', 'ABANDONED', 'OVERFLOW', 'TIMEOUT', 'VOICEMAIL', 'CLOSED',
                            'KEY_EXIT', 'NO_AGENTS', 'CALLBACK_REQUESTED', 'CALLBACK_FAILED'
                        )
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

select * from queue_visits
