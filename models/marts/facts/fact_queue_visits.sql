-- One row per entry of an inbound contact into a queue.
-- Whoever still waits does so since another day: those visits are worked out with every build.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_contacts('offered_date', also='not is_final') }}",
    post_hook="{{ note_touched_contacts('offered_date', also='not is_final') }}"
) }}

with

queue_visits as (

    select * from {{ ref('int_queue_visits') }}
    {{ of_touched_contacts('offered_at', also="exit_reason = 'open'") }}

),

dim_queue as (

    select * from {{ ref('dim_queue') }}

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

queue_channel_policy as (

    select * from {{ ref('queue_channel_policy') }}

),

current_policies as (

    select * from {{ ref('queue_channel_policy') }}
    where valid_to = timestamp '9999-12-31 00:00:00'

),

calendar_days as (

    select * from {{ ref('int_calendar_days') }}

),

exit_reasons as (

    select * from {{ ref('exit_reasons') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

visits_with_members as (

    select
        queue_visits.*,
        case
            when queue_visits.queue_code is null then -1
            else coalesce(dim_queue.queue_key, -2)
        end as queue_key,
        case
            when queue_visits.queue_code is null then 'No queue'
            else coalesce(dim_queue.queue_name, 'Unknown queue')
        end as queue_name,
        dim_queue.calendar_code,
        cast(
            {{ utc_to_local('queue_visits.offered_at', 'dim_queue.calendar_time_zone') }} as date
        ) as calendar_date,
        coalesce(dim_channel.channel_key, -2) as channel_key,
        coalesce(dim_channel.channel_name, 'Unknown') as channel_name,
        coalesce(dim_contact_reason.contact_reason_key, -2) as contact_reason_key,
        coalesce(dim_contact_reason.contact_reason_name, 'Unknown') as contact_reason_name,
        source_horizons.last_event_at as as_of
    from queue_visits
    left join dim_queue
        on
            queue_visits.source_system = dim_queue.source_system
            and queue_visits.source_instance = dim_queue.source_instance
            and queue_visits.queue_code = dim_queue.queue_code
    left join dim_channel on queue_visits.channel_code = dim_channel.channel_code
    left join dim_contact_reason
        on
            queue_visits.source_system = dim_contact_reason.source_system
            and queue_visits.source_instance = dim_contact_reason.source_instance
            and queue_visits.contact_reason_code = dim_contact_reason.contact_reason_code
    inner join source_horizons
        on
            queue_visits.source_system = source_horizons.source_system
            and queue_visits.source_instance = source_horizons.source_instance

),

-- The policy in force when the contact was offered is stamped on the visit, beside the threshold
-- of today for what-if questions.
visits_with_policy as (

    select
        visits_with_members.*,
        queue_channel_policy.service_level_threshold_seconds,
        queue_channel_policy.service_level_target,
        queue_channel_policy.short_abandon_seconds,
        coalesce(queue_channel_policy.counts_abandonment, true) as counts_abandonment,
        -- Who wrote cannot hang up: the case was closed, and nobody waits any more.
        case
            when
                visits_with_members.exit_reason = 'abandoned'
                and not queue_channel_policy.counts_abandonment
                then 'solved_without_reply'
            else visits_with_members.exit_reason
        end as judged_exit_reason,
        current_policies.service_level_threshold_seconds
            as current_service_level_threshold_seconds,
        {{ is_in_business_hours('visits_with_members.offered_at', 'calendar_days') }}
            as is_in_service_hours
    from visits_with_members
    left join queue_channel_policy
        on
            visits_with_members.queue_key = queue_channel_policy.queue_key
            and visits_with_members.channel_key = queue_channel_policy.channel_key
            and visits_with_members.offered_at >= queue_channel_policy.valid_from
            and visits_with_members.offered_at < queue_channel_policy.valid_to
    left join current_policies
        on
            visits_with_members.queue_key = current_policies.queue_key
            and visits_with_members.channel_key = current_policies.channel_key
    left join calendar_days
        on
            visits_with_members.source_system = calendar_days.source_system
            and visits_with_members.source_instance = calendar_days.source_instance
            and visits_with_members.calendar_code = calendar_days.calendar_code
            and visits_with_members.calendar_date = calendar_days.local_date

),

visits_with_outcome as (

    select
        visits_with_policy.*,
        case
            when
                visits_with_policy.judged_exit_reason = 'abandoned'
                and visits_with_policy.wait_seconds < visits_with_policy.short_abandon_seconds
                then 'short_abandoned'
            else exit_reasons.outcome
        end as outcome,
        exit_reasons.flow_out_kind,
        -- Whether any KPI counts the visit is decided here and nowhere else.
        case
            when
                visits_with_policy.direction = 'inbound'
                and visits_with_policy.visit_type <> 'callback'
                and not visits_with_policy.is_excluded
                then 1
            else 0
        end as eligible_count,
        case
            when
                visits_with_policy.wait_seconds
                <= visits_with_policy.service_level_threshold_seconds
                then 1
            else 0
        end as in_threshold_count
    from visits_with_policy
    left join exit_reasons on visits_with_policy.judged_exit_reason = exit_reasons.exit_reason

),

counted_visits as (

    select
        *,
        eligible_count as offered_count,
        -- In messaging and tickets nobody can be said to abandon.
        case when counts_abandonment then eligible_count else 0 end as abandonment_eligible_count,
        case when outcome = 'answered' then eligible_count else 0 end as answered_count,
        case when outcome = 'abandoned' then eligible_count else 0 end as abandoned_count,
        case when outcome = 'short_abandoned' then eligible_count else 0 end
            as short_abandoned_count,
        case when flow_out_kind = 'redirected' then eligible_count else 0 end
            as redirected_count,
        case when flow_out_kind = 'missed' then eligible_count else 0 end as missed_count,
        case when judged_exit_reason = 'callback_requested' then eligible_count else 0 end
            as callback_requested_count,
        case when outcome = 'open' then eligible_count else 0 end as open_count,
        case when outcome = 'open' then 0 else eligible_count end as closed_count,
        -- A callback is part of a visit that was counted already, and is reported apart.
        case
            when direction = 'inbound' and visit_type = 'callback' and not is_excluded then 1
            else 0
        end as callback_count
    from visits_with_outcome

),

fact_queue_visits as (

    select
        visit_key,
        contact_key,
        queue_key,
        channel_key,
        contact_reason_key,
        source_system,
        source_instance,

        queue_name,
        channel_name,
        contact_reason_name,
        direction,
        visit_type,
        outcome,
        judged_exit_reason as exit_reason,

        wait_seconds,
        service_level_threshold_seconds,
        current_service_level_threshold_seconds,
        service_level_target,
        short_abandon_seconds,

        offered_count,
        abandonment_eligible_count,
        answered_count,
        answered_count * in_threshold_count as answered_in_threshold_count,
        abandoned_count,
        abandoned_count * in_threshold_count as abandoned_in_threshold_count,
        short_abandoned_count,
        redirected_count,
        missed_count,
        callback_requested_count,
        callback_requested_count * in_threshold_count
            as callback_requested_in_threshold_count,
        open_count,
        case when wait_seconds is null then 0 else answered_count end
            as answered_wait_known_count,
        case when wait_seconds is null then 0 else abandoned_count end
            as abandoned_wait_known_count,
        case when wait_seconds is null then 0 else closed_count end as wait_known_count,
        {{ seconds_where('answered_count = 1', 'coalesce(wait_seconds, 0)') }}
            as answered_wait_seconds,
        {{ seconds_where('abandoned_count = 1', 'coalesce(wait_seconds, 0)') }}
            as abandoned_wait_seconds,
        {{ seconds_where('short_abandoned_count = 1', 'wait_seconds') }}
            as short_abandoned_wait_seconds,
        {{ seconds_where('redirected_count + missed_count = 1', 'coalesce(wait_seconds, 0)') }}
            as flowed_out_wait_seconds,
        case when closed_count = 1 then wait_seconds end as ended_wait_seconds,
        case when closed_count = 1 then wait_seconds end as longest_wait_seconds,
        callback_count,
        case when outcome = 'answered' then callback_count else 0 end as callback_reached_count,
        case when outcome in ('answered', 'open') then 0 else callback_count end
            as callback_failed_count,
        {{ seconds_where("callback_count = 1 and outcome = 'answered'",
                         'coalesce(wait_seconds, 0)') }}
            as callback_wait_seconds,

        was_queued,
        is_excluded,
        is_in_service_hours,
        outcome <> 'open' as is_final,

        offered_at,
        answered_at,
        exited_at,
        {{ reporting_date('offered_at') }} as offered_date,
        -- What is final is not known any better when a day passes.
        case when outcome = 'open' then as_of end as as_of,

        dq_flag,
        source_file,
        source_row,
        loaded_at
    from counted_visits

)

select * from fact_queue_visits
