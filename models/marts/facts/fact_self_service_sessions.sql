-- One row per session of a contact in an IVR or bot.
with

self_service_sessions as (

    select * from {{ ref('int_self_service_sessions') }}

),

contacts as (

    select * from {{ ref('int_contacts') }}

),

contact_repeats as (

    select * from {{ ref('int_contact_repeats') }}

),

repeat_windows as (

    select * from {{ ref('int_kpi_limits') }}
    where limit_code = 'self_service_repeat_window'

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

sessions_with_contact as (

    select
        self_service_sessions.*,
        contacts.contact_reason_code,
        contact_repeats.contact_key is not null as is_identified,
        contact_repeats.is_assisted,
        contact_repeats.next_assisted_at,
        coalesce(self_service_sessions.ended_at, self_service_sessions.started_at) as left_at,
        source_horizons.last_event_at as as_of,
        source_horizons.last_contact_at,
        repeat_windows.limit_seconds
    from self_service_sessions
    left join contacts on self_service_sessions.contact_key = contacts.contact_key
    left join contact_repeats
        on self_service_sessions.contact_key = contact_repeats.contact_key
    inner join source_horizons
        on
            self_service_sessions.source_system = source_horizons.source_system
            and self_service_sessions.source_instance = source_horizons.source_instance
    left join repeat_windows
        on
            self_service_sessions.started_at >= repeat_windows.valid_from
            and self_service_sessions.started_at < repeat_windows.valid_to

),

judged_sessions as (

    select
        *,
        case when is_excluded then 0 else 1 end as session_count,
        {{ seconds_between('left_at', 'last_contact_at') }} >= limit_seconds as is_window_over,
        -- A thread in which the bot fails stays the same contact.
        is_assisted
        or coalesce(
            {{ seconds_between('left_at', 'next_assisted_at') }} <= limit_seconds, false
        ) as has_come_back
    from sessions_with_contact

),

counted_sessions as (

    select
        *,
        case when is_contained then session_count else 0 end as contained_count,
        case when is_identified and is_window_over then session_count else 0 end
            as true_containment_eligible_count
    from judged_sessions

),

fact_self_service_sessions as (

    select
        counted_sessions.session_key,
        counted_sessions.contact_key,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_contact_reason.contact_reason_key, -2) as contact_reason_key,
        counted_sessions.source_system,
        counted_sessions.source_instance,

        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        coalesce(dim_contact_reason.contact_reason_name, 'Unknown') as contact_reason_name,
        counted_sessions.end_reason,

        counted_sessions.duration_seconds,

        counted_sessions.session_count,
        counted_sessions.contained_count,
        counted_sessions.true_containment_eligible_count,
        case
            when counted_sessions.is_contained and not counted_sessions.has_come_back
                then counted_sessions.true_containment_eligible_count
            else 0
        end as truly_contained_count,

        counted_sessions.is_contained,
        counted_sessions.is_excluded,
        -- The customer can come back until the window is over.
        counted_sessions.is_window_over as is_final,

        counted_sessions.started_at,
        counted_sessions.ended_at,
        {{ reporting_date('counted_sessions.started_at') }} as started_date,
        counted_sessions.as_of,

        counted_sessions.dq_flag,
        counted_sessions.source_file,
        counted_sessions.source_row,
        counted_sessions.loaded_at
    from counted_sessions
    left join dim_channel on counted_sessions.channel_code = dim_channel.channel_code
    left join dim_contact_reason
        on
            counted_sessions.source_system = dim_contact_reason.source_system
            and counted_sessions.source_instance = dim_contact_reason.source_instance
            and counted_sessions.contact_reason_code = dim_contact_reason.contact_reason_code

)

select * from fact_self_service_sessions
