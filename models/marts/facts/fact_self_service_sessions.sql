-- One row per session of a contact in an IVR or bot.
with

self_service_sessions as (

    select * from {{ ref('int_self_service_sessions') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

counted_sessions as (

    select
        *,
        case when is_excluded then 0 else 1 end as session_count
    from self_service_sessions

),

fact_self_service_sessions as (

    select
        counted_sessions.session_key,
        counted_sessions.contact_key,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        counted_sessions.source_system,
        counted_sessions.source_instance,

        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        counted_sessions.end_reason,

        counted_sessions.duration_seconds,

        counted_sessions.session_count,
        case when counted_sessions.is_contained then counted_sessions.session_count else 0 end
            as contained_count,

        counted_sessions.is_contained,
        counted_sessions.is_excluded,

        counted_sessions.started_at,
        counted_sessions.ended_at,
        {{ reporting_date('counted_sessions.started_at') }} as started_date,

        counted_sessions.dq_flag,
        counted_sessions.source_file,
        counted_sessions.source_row,
        counted_sessions.loaded_at
    from counted_sessions
    left join dim_channel on counted_sessions.channel_code = dim_channel.channel_code

)

select * from fact_self_service_sessions
