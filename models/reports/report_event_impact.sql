-- One row per business event: the volume it brought, and how it was served beside weeks before.
{%- set components = [
    'answered_in_threshold_count', 'answered_count', 'abandoned_count', 'missed_count',
    'abandonment_eligible_count', 'short_abandoned_count',
] %}
with

business_events as (

    select * from {{ ref('dim_business_event') }}

),

event_volumes as (

    select * from {{ ref('fact_business_event_volumes') }}

),

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}
    where offered_count > 0

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    where visit_key >= 0 and handle_known_count > 0

),

queue_days as (

    select * from {{ ref('fact_queue_days') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

events as (

    select
        business_events.*,
        event_volumes.measured_by,
        event_volumes.volume_count,
        event_volumes.blocked_count,
        event_volumes.comparison_window_count,
        cast(event_volumes.comparison_volume_count as double)
        / nullif(event_volumes.comparison_window_count, 0) as expected_volume_count,
        cast(event_volumes.comparison_blocked_count as double)
        / nullif(event_volumes.comparison_window_count, 0) as expected_blocked_count,
        {{ seconds_between('business_events.starts_at', 'business_events.ends_at') }}
            as event_seconds,
        -- Whole weeks that take the event beyond its own start.
        7 * cast(
            ceil(
                {{ seconds_between(
                    'business_events.starts_at_local', 'business_events.ends_at_local'
                ) }}
                / 604800.0
            ) as int
        ) as shift_days
    from business_events
    inner join event_volumes
        on business_events.business_event_key = event_volumes.business_event_key

),

-- The event itself, and the same weekdays and hours up to four times before it.
shifts as (

    select rows_of_shifts.shift_number
    from (values (0), (1), (2), (3), (4)) as rows_of_shifts (shift_number)

),

windows as (

    select
        events.business_event_key,
        events.source_system,
        events.source_instance,
        events.channel_key,
        events.contact_reason_key,
        events.measured_by,
        shifts.shift_number = 0 as is_event,
        events.starts_at_local
        - shifts.shift_number * events.shift_days * interval '1' day as starts_at_local,
        events.ends_at_local
        - shifts.shift_number * events.shift_days * interval '1' day as ends_at_local
    from events
    cross join shifts
    where events.measured_by <> 'none'

),

-- By the day, so that visits are found by their date and not by a range over all of them.
window_days as (

    select
        *,
        {{ each_day(
            "date_trunc('day', starts_at_local)",
            "ends_at_local - interval '1' second"
        ) }} as window_date
    from windows

),

visits_in_windows as (

    select
        window_days.business_event_key,
        window_days.is_event,
        queue_visits.*
    from window_days
    inner join queue_visits
        on
            window_days.source_system = queue_visits.source_system
            and window_days.source_instance = queue_visits.source_instance
            and window_days.window_date = queue_visits.offered_date
    where
        window_days.measured_by = 'contacts'
        and {{ utc_to_local('queue_visits.offered_at', text_of('reporting_timezone')) }}
        >= window_days.starts_at_local
        and {{ utc_to_local('queue_visits.offered_at', text_of('reporting_timezone')) }}
        < window_days.ends_at_local
        and window_days.channel_key in (-1, queue_visits.channel_key)
        and window_days.contact_reason_key in (-1, queue_visits.contact_reason_key)

),

served_components as (

    select
        business_event_key,
        is_event,
        {{ components | join(',\n        ') }},
        0 as handle_known_count,
        0 as handle_seconds
    from visits_in_windows

    union all

    select
        visits_in_windows.business_event_key,
        visits_in_windows.is_event,
        {% for component in components -%}
            0 as {{ component }},
        {% endfor -%}
        agent_legs.handle_known_count,
        agent_legs.handle_seconds
    from visits_in_windows
    inner join agent_legs
        on
            visits_in_windows.visit_key = agent_legs.visit_key
            and visits_in_windows.offered_date = agent_legs.offered_date

    union all

    select
        window_days.business_event_key,
        window_days.is_event,
        {% for component in components -%}
            queue_days.{{ component }},
        {% endfor -%}
        queue_days.handle_known_count,
        queue_days.handle_seconds
    from window_days
    inner join queue_days
        on
            window_days.source_system = queue_days.source_system
            and window_days.source_instance = queue_days.source_instance
            and window_days.window_date = queue_days.offered_date
    where
        window_days.measured_by = 'queue_days'
        and window_days.channel_key in (-1, queue_days.channel_key)

),

service as (

    select
        v.business_event_key,
        v.is_event,
        {{ service_level('v') }} as service_level,
        {{ abandonment_rate('v') }} as abandonment_rate,
        {{ service_level('v', part='observations') }} as due_count,
        {{ average_handle_time('v', part='observations') }} as handle_known_count,
        {{ average_handle_time('v') }} as average_handle_time_seconds
    from served_components as v
    group by v.business_event_key, v.is_event

),

report_event_impact as (

    select
        events.business_event_key,
        events.event_type,
        events.event_name,
        events.event_description,
        events.starts_at,
        events.starts_at_local,
        events.ends_at_local,
        {{ reporting_date('events.starts_at') }} as starts_date,
        events.event_seconds,
        events.channel_key,
        case when events.channel_key = -1 then 'All channels' else dim_channel.channel_name end
            as channel_name,
        events.contact_reason_key,
        case
            when events.contact_reason_key = -1 then 'All reasons'
            else dim_contact_reason.contact_reason_name
        end as contact_reason_name,
        events.measured_by,
        events.comparison_window_count,
        events.volume_count,
        events.expected_volume_count,
        events.volume_count - events.expected_volume_count as extra_volume_count,
        events.volume_count / nullif(events.expected_volume_count, 0) - 1 as extra_volume_rate,
        events.blocked_count,
        events.expected_blocked_count,
        event_service.due_count,
        before_service.due_count as due_count_before,
        event_service.service_level,
        before_service.service_level as service_level_before,
        event_service.abandonment_rate,
        before_service.abandonment_rate as abandonment_rate_before,
        event_service.handle_known_count,
        before_service.handle_known_count as handle_known_count_before,
        event_service.average_handle_time_seconds,
        before_service.average_handle_time_seconds as average_handle_time_seconds_before
    from events
    left join dim_channel on events.channel_key = dim_channel.channel_key
    left join dim_contact_reason
        on events.contact_reason_key = dim_contact_reason.contact_reason_key
    left join service as event_service
        on
            events.business_event_key = event_service.business_event_key
            and event_service.is_event
    left join service as before_service
        on
            events.business_event_key = before_service.business_event_key
            and not before_service.is_event

)

select * from report_event_impact
