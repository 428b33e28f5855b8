-- One row per contact, and per attempt that found all trunks busy.
-- A view: how long a contact is known, and with it what its repeat windows say, changes with every
-- day of data, for rows that are stored once.
{{ config(materialized='view') }}

with

contact_paths as (

    select * from {{ ref('contact_paths') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

known_contacts as (

    select
        contact_paths.*,
        {{ seconds_between('source_horizons.first_contact_at', 'contact_paths.started_at') }}
            as known_before_seconds,
        {{ seconds_between('contact_paths.started_at', 'source_horizons.last_contact_at') }}
            as known_after_seconds,
        source_horizons.last_event_at as as_of
    from contact_paths
    inner join source_horizons
        on
            contact_paths.source_system = source_horizons.source_system
            and contact_paths.source_instance = source_horizons.source_instance

),

judged_contacts as (

    select
        *,
        known_before_seconds >= repeat_window_seconds as is_window_before_known,
        known_after_seconds >= repeat_window_seconds as is_window_after_known,
        coalesce(previous_contact_seconds <= repeat_window_seconds, false) as is_repeat,
        not is_abandoned_after_transfer
        and coalesce(next_contact_seconds > repeat_window_seconds, true) as is_last_of_its_issue
    from known_contacts

),

fact_contacts as (

    select
        contact_key,
        previous_contact_key,
        earlier_contact_key,
        channel_key,
        customer_key,
        contact_reason_key,
        outcome_key,
        entry_queue_key,
        handling_queue_key,
        handling_agent_key,
        disposition_key,
        source_system,
        source_instance,
        source_contact_id,

        direction,
        identity_confidence,
        channel_name,
        contact_reason_name,
        outcome,
        entry_queue_name,
        handling_agent_name,
        handling_team_name,
        queue_path,
        agent_path,
        transfer_reasons,
        disposition,
        disposition_name,
        disposition_category,
        extension,
        exclusion_reason,

        wait_seconds,
        leg_connected_seconds,
        contact_connected_seconds,
        hold_seconds,
        after_contact_work_seconds,
        handle_seconds,
        sentiment_score,
        previous_contact_seconds,
        next_contact_seconds,
        repeat_window_seconds,
        known_before_seconds,
        known_after_seconds,

        queue_visit_count,
        agent_leg_count,
        transfer_count,
        contact_count,
        blocked_count,
        attempt_count,
        anonymous_count,
        shared_identity_count,
        retry_count,
        handoff_count,
        handoff_known_count,
        repeat_candidate_count,
        case when is_window_before_known then repeat_candidate_count else 0 end
            as repeat_eligible_count,
        case when is_window_before_known and is_repeat then repeat_candidate_count else 0 end
            as repeat_count,
        resolution_candidate_count,
        case when is_window_after_known then resolution_candidate_count else 0 end
            as first_contact_resolution_eligible_count,
        case
            when is_window_after_known and is_last_of_its_issue
                then resolution_candidate_count
            else 0
        end as first_contact_resolved_count,
        -- A call is judged when both windows are known; a retry never is, as in repeats.
        case
            when
                channel_family = 'voice'
                and is_window_before_known
                and is_window_after_known
                then repeat_candidate_count * resolution_candidate_count
            else 0
        end as call_resolution_eligible_count,
        case
            when
                channel_family = 'voice'
                and is_window_before_known
                and is_window_after_known
                and not is_repeat
                and is_last_of_its_issue
                then repeat_candidate_count * resolution_candidate_count
            else 0
        end as resolved_in_one_call_count,
        code_count,
        resolved_known_count,
        resolved_count,
        complaint_known_count,
        complaint_count,
        escalated_known_count,
        escalated_count,
        self_service_tried_known_count,
        self_service_tried_count,
        sentiment_known_count,
        negative_sentiment_count,
        counted_sentiment_score,
        self_served_count,
        assisted_count,
        reason_known_count,
        reason_unknown_count,
        inbound_or_outbound_count,

        is_blocked,
        is_contained,
        is_excluded,
        has_reached_agent,
        is_abandoned_after_transfer,
        is_resolved,
        is_complaint,
        is_escalated,
        tried_self_service,
        -- Repeats can come in until the window is over.
        is_blocked or is_window_after_known as is_final,

        started_at,
        ended_at,
        started_date,
        as_of,

        dq_flag,
        source_file,
        source_row,
        loaded_at
    from judged_contacts

)

select * from fact_contacts
