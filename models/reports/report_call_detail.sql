-- One row per contact of whatever channel and direction; attempts that found no trunk are left out.
{{ config(materialized='view') }}

with

contacts as (

    select * from {{ ref('fact_contacts') }}
    where not is_blocked

),

-- A contact answers once per measure.
satisfaction as (

    select * from {{ ref('fact_survey_responses') }}
    where csat_answered_count = 1

),

report_call_detail as (

    select
        contacts.contact_key,
        contacts.source_system,
        contacts.source_instance,
        contacts.source_contact_id,

        contacts.started_date,
        contacts.started_at,
        {{ utc_to_local('contacts.started_at', text_of('reporting_timezone')) }}
            as started_at_local,
        contacts.ended_at,

        contacts.direction,
        contacts.channel_name,
        contacts.contact_reason_name,
        contacts.outcome,
        contacts.disposition_name,
        contacts.disposition_category,
        contacts.exclusion_reason,
        contacts.queue_path,
        contacts.agent_path,
        contacts.transfer_reasons,
        contacts.handling_agent_name as last_agent_name,
        contacts.handling_team_name as last_team_name,

        contacts.queue_visit_count,
        contacts.agent_leg_count,
        contacts.transfer_count,
        cast({{ seconds_between('contacts.started_at', 'contacts.ended_at') }} as decimal(18, 3))
            as duration_seconds,
        contacts.wait_seconds,
        cast(
            contacts.leg_connected_seconds - coalesce(contacts.hold_seconds, 0) as decimal(18, 3)
        ) as talk_seconds,
        contacts.hold_seconds,
        contacts.after_contact_work_seconds,
        contacts.handle_seconds,

        contacts.is_resolved,
        contacts.repeat_count = 1 as is_repeat,
        satisfaction.score as satisfaction_score,
        satisfaction.scale_max as satisfaction_scale_max,
        satisfaction.satisfied_count = 1 as is_satisfied
    from contacts
    left join satisfaction on contacts.contact_key = satisfaction.contact_key

)

select * from report_call_detail
