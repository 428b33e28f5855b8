-- One row per business event, with the volume during it and in like weeks without an event.
with

business_events as (

    select * from {{ ref('dim_business_event') }}

),

contacts as (

    select * from {{ ref('fact_contacts') }}

),

queue_days as (

    select * from {{ ref('fact_queue_days') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

recorded_dates as (

    select
        source_system,
        source_instance,
        min(offered_date) as first_date,
        max(offered_date) as last_date
    from queue_days
    group by source_system, source_instance

),

-- Contacts one by one tell reason and hour; daily totals tell neither, but whole days.
measured_events as (

    select
        business_events.*,
        case
            when
                business_events.starts_at >= source_horizons.first_event_at
                and business_events.ends_at <= source_horizons.last_event_at
                then 'contacts'
            when
                business_events.contact_reason_key = -1
                and business_events.starts_at_local
                = date_trunc('day', business_events.starts_at_local)
                and business_events.ends_at_local = date_trunc('day', business_events.ends_at_local)
                and business_events.starts_at_local >= recorded_dates.first_date
                and business_events.ends_at_local <= recorded_dates.last_date + interval '1' day
                then 'queue_days'
            else 'none'
        end as measured_by,
        {{ utc_to_local(
            'source_horizons.first_event_at', text_of('reporting_timezone')
        ) }} as contacts_from_local,
        {{ utc_to_local(
            'source_horizons.last_event_at', text_of('reporting_timezone')
        ) }} as contacts_to_local,
        recorded_dates.first_date,
        recorded_dates.last_date + interval '1' day as last_day_ends_at,
        -- Whole weeks that take the event beyond its own end.
        7 * cast(
            ceil(
                {{ seconds_between(
                    'business_events.starts_at_local', 'business_events.ends_at_local'
                ) }}
                / 604800.0
            ) as int
        ) as shift_days
    from business_events
    left join source_horizons
        on
            business_events.source_system = source_horizons.source_system
            and business_events.source_instance = source_horizons.source_instance
    left join recorded_dates
        on
            business_events.source_system = recorded_dates.source_system
            and business_events.source_instance = recorded_dates.source_instance

),

shifts as (

    select rows_of_shifts.shift_number from (
        values (0), (-1), (1), (-2), (2), (-3), (3), (-4), (4)
    ) as rows_of_shifts (shift_number)

),

windows as (

    select
        measured_events.business_event_key,
        measured_events.source_system,
        measured_events.source_instance,
        measured_events.measured_by,
        measured_events.channel_key,
        measured_events.contact_reason_key,
        measured_events.contacts_from_local,
        measured_events.contacts_to_local,
        measured_events.first_date,
        measured_events.last_day_ends_at,
        shifts.shift_number,
        measured_events.starts_at_local
        + shifts.shift_number * measured_events.shift_days * interval '1' day as starts_at_local,
        measured_events.ends_at_local
        + shifts.shift_number * measured_events.shift_days * interval '1' day as ends_at_local
    from measured_events
    cross join shifts

),

disturbed_windows as (

    select distinct
        windows.business_event_key,
        windows.shift_number
    from windows
    inner join business_events
        on
            windows.source_system = business_events.source_system
            and windows.source_instance = business_events.source_instance
            and windows.starts_at_local < business_events.ends_at_local
            and windows.ends_at_local > business_events.starts_at_local
            and (
                windows.channel_key = -1
                or business_events.channel_key in (-1, windows.channel_key)
            )
            and (
                windows.contact_reason_key = -1
                or business_events.contact_reason_key in (-1, windows.contact_reason_key)
            )
    where windows.shift_number <> 0

),

usable_windows as (

    select windows.*
    from windows
    left join disturbed_windows
        on
            windows.business_event_key = disturbed_windows.business_event_key
            and windows.shift_number = disturbed_windows.shift_number
    where
        disturbed_windows.business_event_key is null
        and (
            windows.shift_number = 0
            or (
                windows.measured_by = 'contacts'
                and windows.starts_at_local >= windows.contacts_from_local
                and windows.ends_at_local <= windows.contacts_to_local
            )
            or (
                windows.measured_by = 'queue_days'
                and windows.starts_at_local >= windows.first_date
                and windows.ends_at_local <= windows.last_day_ends_at
            )
        )

),

-- By the day, so that contacts are found by their date and not by a range over all of them.
window_days as (

    select
        *,
        {{ each_day(
            "date_trunc('day', starts_at_local)",
            "ends_at_local - interval '1' second"
        ) }} as window_date
    from usable_windows
    where measured_by <> 'none'

),

contacts_in_windows as (

    select
        window_days.business_event_key,
        window_days.shift_number,
        sum(contacts.contact_count) as volume_count,
        sum(contacts.blocked_count) as blocked_count
    from window_days
    inner join contacts
        on
            window_days.source_system = contacts.source_system
            and window_days.source_instance = contacts.source_instance
            and window_days.window_date = contacts.started_date
    where
        window_days.measured_by = 'contacts'
        and {{ utc_to_local('contacts.started_at', text_of('reporting_timezone')) }}
        >= window_days.starts_at_local
        and {{ utc_to_local('contacts.started_at', text_of('reporting_timezone')) }}
        < window_days.ends_at_local
        and window_days.channel_key in (-1, contacts.channel_key)
        and window_days.contact_reason_key in (-1, contacts.contact_reason_key)
    group by window_days.business_event_key, window_days.shift_number

),

visits_in_windows as (

    select
        window_days.business_event_key,
        window_days.shift_number,
        sum(queue_days.offered_count) as volume_count,
        cast(null as bigint) as blocked_count
    from window_days
    inner join queue_days
        on
            window_days.source_system = queue_days.source_system
            and window_days.source_instance = queue_days.source_instance
            and window_days.window_date = queue_days.offered_date
    where
        window_days.measured_by = 'queue_days'
        and window_days.channel_key in (-1, queue_days.channel_key)
    group by window_days.business_event_key, window_days.shift_number

),

volumes as (

    select * from contacts_in_windows

    union all

    select * from visits_in_windows

),

volumes_per_event as (

    select
        usable_windows.business_event_key,
        sum(case when usable_windows.shift_number = 0 then coalesce(volumes.volume_count, 0) end)
            as volume_count,
        sum(case when usable_windows.shift_number = 0 then volumes.blocked_count end)
            as blocked_count,
        count(case when usable_windows.shift_number <> 0 then 1 end) as comparison_window_count,
        sum(case when usable_windows.shift_number <> 0 then coalesce(volumes.volume_count, 0) end)
            as comparison_volume_count,
        sum(case when usable_windows.shift_number <> 0 then volumes.blocked_count end)
            as comparison_blocked_count
    from usable_windows
    left join volumes
        on
            usable_windows.business_event_key = volumes.business_event_key
            and usable_windows.shift_number = volumes.shift_number
    where usable_windows.measured_by <> 'none'
    group by usable_windows.business_event_key

),

fact_business_event_volumes as (

    select
        measured_events.business_event_key,
        measured_events.channel_key,
        measured_events.contact_reason_key,
        measured_events.source_system,
        measured_events.source_instance,
        measured_events.event_type,
        measured_events.event_name,
        measured_events.measured_by,
        cast(volumes_per_event.volume_count as int) as volume_count,
        cast(volumes_per_event.blocked_count as int) as blocked_count,
        cast(volumes_per_event.comparison_volume_count as int) as comparison_volume_count,
        cast(volumes_per_event.comparison_blocked_count as int) as comparison_blocked_count,
        cast(coalesce(volumes_per_event.comparison_window_count, 0) as int)
            as comparison_window_count,
        measured_events.starts_at,
        measured_events.ends_at,
        {{ reporting_date('measured_events.starts_at') }} as starts_date
    from measured_events
    left join volumes_per_event
        on measured_events.business_event_key = volumes_per_event.business_event_key

)

select * from fact_business_event_volumes
