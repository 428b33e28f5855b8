-- One row per session of a chat of the sample with the bot.
with

chat_segments as (

    select * from {{ ref('int_sample__chat_segments') }}
    where segment_type = 'bot'

),

timed_sessions as (

    select
        *,
        {{ seconds_between('started_at', 'ended_at') }} as elapsed_seconds
    from chat_segments

),

chat_self_service_sessions as (

    select
        {{ source_key('self_service_session', 'source_segment_id') }} as session_key,
        contact_key,
        source_system,
        source_instance,
        source_segment_id as source_session_id,
        'chat' as channel_code,
        case outcome
            when 'CONTAINED' then 'completed'
            when 'LEFT' then 'hung_up'
            when 'TO_QUEUE' then 'to_queue'
            else 'unknown'
        end as end_reason,
        coalesce(outcome in ('CONTAINED', 'LEFT'), false) as is_contained,
        exclusion_reason is not null as is_excluded,
        {{ usable_seconds('elapsed_seconds') }} as duration_seconds,
        started_at,
        ended_at,
        {{ duration_flag('elapsed_seconds', 'duration') }} as dq_flag,
        source_file,
        source_row,
        loaded_at
    from timed_sessions

)

select * from chat_self_service_sessions
