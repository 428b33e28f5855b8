-- One row per contact of the sample in a thread that a bot took before any queue.
with

thread_messages as (

    select * from {{ ref('int_sample__thread_messages') }}

),

bot_contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,
        min(channel_code) as channel_code,
        min(sent_at) as started_at,
        min(case when queue_code is not null then sent_at end) as handed_over_at,
        max(sent_at) as last_message_at,
        min_by(source_file, (sent_at, source_message_id)) as source_file,
        min_by(source_row, (sent_at, source_message_id)) as source_row,
        max(loaded_at) as loaded_at
    from thread_messages
    group by contact_key, source_system, source_instance, source_contact_id
    having max(case when sender = 'bot' and queue_code is null then 1 else 0 end) = 1

),

timed_sessions as (

    select
        *,
        coalesce(handed_over_at, last_message_at) as ended_at,
        {{ seconds_between('started_at', 'coalesce(handed_over_at, last_message_at)') }}
            as elapsed_seconds
    from bot_contacts

),

thread_self_service_sessions as (

    select
        {{ source_key('self_service_session', 'source_contact_id') }} as session_key,
        contact_key,
        source_system,
        source_instance,
        source_contact_id as source_session_id,
        channel_code,
        case when handed_over_at is null then 'completed' else 'to_queue' end as end_reason,
        handed_over_at is null as is_contained,
        false as is_excluded,
        {{ usable_seconds('elapsed_seconds', 2592000) }} as duration_seconds,
        started_at,
        ended_at,
        {{ duration_flag('elapsed_seconds', 'duration', 2592000) }} as dq_flag,
        source_file,
        source_row,
        loaded_at
    from timed_sessions

)

select * from thread_self_service_sessions
