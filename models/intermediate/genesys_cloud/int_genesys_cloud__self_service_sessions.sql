-- One row per uninterrupted time of an inbound contact in flows and bots, before or after a queue.
{%- set touching_seconds = number_of('genesys_cloud_requeue_seconds') %}

with

contacts as (

    select * from {{ ref('int_genesys_cloud__contacts') }}
    where direction = 'inbound'

),

contact_outlines as (

    select * from {{ ref('int_genesys_cloud__contact_outlines') }}

),

flow_sessions as (

    select
        contact_outlines.contact_key,
        contact_outlines.was_offered,
        session_stretches.source_session_id,
        session_stretches.conversation_id,
        session_stretches.disconnect_type,
        session_stretches.is_open,
        session_stretches.started_at,
        session_stretches.last_moment_at
    from {{ ref('int_genesys_cloud__session_stretches') }} as session_stretches
    inner join contact_outlines
        on
            session_stretches.document_id = contact_outlines.document_id
            and session_stretches.channel_code = contact_outlines.channel_code
    where session_stretches.role = 'self_service'

),

-- A bot within a flow, or a flow right behind another one, is the same stay.
sessions_in_order as (

    select
        *,
        max(last_moment_at) over (
            partition by contact_key
            order by started_at, source_session_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from flow_sessions

),

numbered_sessions as (

    select
        *,
        sum(
            case
                when {{ seconds_between('covered_until', 'started_at') }} <= {{ touching_seconds }}
                    then 0
                else 1
            end
        ) over (
            partition by contact_key
            order by started_at, source_session_id
            rows between unbounded preceding and current row
        ) as stay_number
    from sessions_in_order

),

stays as (

    select
        contact_key,
        stay_number,
        bool_or(was_offered) as was_offered,
        min_by(source_session_id, started_at) as source_session_id,
        min_by(conversation_id, started_at) as conversation_id,
        max_by(disconnect_type, last_moment_at) as disconnect_type,
        min(started_at) as started_at,
        case when not bool_or(is_open) then max(last_moment_at) end as ended_at
    from numbered_sessions
    group by contact_key, stay_number

),

timed_stays as (

    select
        *,
        {{ seconds_between('started_at', 'ended_at') }} as elapsed_seconds
    from stays

),

self_service_sessions as (

    select
        {{ source_key(
            'self_service_session',
            "concat_ws('.', timed_stays.conversation_id, timed_stays.source_session_id)",
            'contacts.source_system',
            'contacts.source_instance'
        ) }} as session_key,
        timed_stays.contact_key,
        contacts.source_system,
        contacts.source_instance,
        timed_stays.source_session_id,

        contacts.channel_code,
        case
            when timed_stays.ended_at is null then 'unknown'
            when timed_stays.disconnect_type in ('peer', 'endpoint') then 'hung_up'
            when timed_stays.disconnect_type in ('client', 'system') then 'completed'
            when timed_stays.was_offered then 'to_queue'
            else 'unknown'
        end as end_reason,

        {{ usable_seconds('timed_stays.elapsed_seconds') }} as duration_seconds,

        not timed_stays.was_offered
        and coalesce(
            timed_stays.disconnect_type in ('peer', 'endpoint', 'client', 'system'), false
        )
        and timed_stays.ended_at is not null as is_contained,
        contacts.is_excluded,
        {{ duration_flag('timed_stays.elapsed_seconds', 'duration') }} as dq_flag,

        timed_stays.started_at,
        timed_stays.ended_at,

        contacts.source_file,
        contacts.source_row,
        contacts.loaded_at
    from timed_stays
    inner join contacts on timed_stays.contact_key = contacts.contact_key

)

select * from self_service_sessions
