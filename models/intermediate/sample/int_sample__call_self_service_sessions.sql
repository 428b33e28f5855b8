-- One row per session of a contact of the sample in the IVR.
with

contact_segments as (

    select * from {{ ref('int_sample__contact_segments') }}
    where segment_type = 'ivr'

),

timed_sessions as (

    select
        *,
        {{ seconds_between('started_at', 'ended_at') }} as elapsed_seconds
    from contact_segments

),

self_service_sessions as (

    select
        {{ source_key('self_service_session', 'source_segment_id') }} as session_key,
        contact_key,
        source_system,
        source_instance,
        source_segment_id as source_session_id,
        channel_code,
        case outcome
            when 'CONTAINED' then 'completed'
            when 'HUNG_UP' then 'hung_up'
            when 'TO_QUEUE' then 'to_queue'
            else 'unknown'
        end as end_reason,
        outcome in ('CONTAINED', 'HUNG_UP') as is_contained,
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

select * from self_service_sessions
