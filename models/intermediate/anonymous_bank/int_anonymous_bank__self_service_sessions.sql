-- One row per call: every call passes the VRU.
with

calls as (

    select * from {{ ref('int_anonymous_bank__calls') }}

),

self_service_sessions as (

    select
        {{ source_key('self_service_session', 'source_contact_id') }} as session_key,
        contact_key,
        source_system,
        source_instance,
        source_contact_id as source_session_id,

        'phone' as channel_code,
        case when was_offered then 'to_queue' else 'hung_up' end as end_reason,

        vru_seconds as duration_seconds,

        not was_offered as is_contained,
        false as is_excluded,
        dq_flag,

        vru_entered_at as started_at,
        vru_exited_at as ended_at,

        source_file,
        source_row,
        loaded_at
    from calls

)

select * from self_service_sessions
