-- One row per session of a contact of the files in an IVR or bot.
with

self_service_sessions as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__self_service_sessions') }}
    where row_status = 'used'

),

contacts as (

    select * from {{ ref('int_files__contacts') }}

),

offered_contacts as (

    select contact_key from {{ ref('int_files__queue_visits') }}
    union
    select contact_key from {{ ref('int_files__agent_legs') }}

),

sessions_of_contacts as (

    select
        self_service_sessions.*,
        contacts.contact_key as known_contact_key,
        contacts.channel_code,
        contacts.is_excluded,
        offered_contacts.contact_key is not null as was_offered,
        {{ seconds_between('self_service_sessions.started_at', 'self_service_sessions.ended_at') }}
            as elapsed_seconds
    from self_service_sessions
    inner join contacts
        on
            self_service_sessions.source_instance = contacts.source_instance
            and self_service_sessions.contact_id = contacts.source_contact_id
    left join offered_contacts on contacts.contact_key = offered_contacts.contact_key

),

measured_sessions as (

    select
        *,
        {{ measured_or_elapsed_seconds('duration_seconds', 'elapsed_seconds') }}
            as measured_seconds
    from sessions_of_contacts

),

flagged_sessions as (

    select
        {{ source_key('self_service_session', 'session_id') }} as session_key,
        known_contact_key as contact_key,
        source_system,
        source_instance,
        session_id as source_session_id,
        channel_code,
        end_reason,
        coalesce(is_contained, end_reason <> 'to_queue' and not was_offered) as is_contained,
        is_excluded,
        cast(measured_seconds as decimal(18, 3)) as duration_seconds,
        started_at,
        case
            when elapsed_seconds between 0 and 86400 then ended_at
            else {{ seconds_after('started_at', 'measured_seconds') }}
        end as ended_at,
        nullif(
            concat_ws(
                ', ',
                dq_flag,
                {{ duration_flag('elapsed_seconds', 'duration_by_times') }},
                {{ disagreement_flag('duration_seconds', 'elapsed_seconds', 'duration') }}
            ),
            ''
        ) as dq_flag,
        source_file,
        source_row,
        loaded_at
    from measured_sessions

)

select * from flagged_sessions
