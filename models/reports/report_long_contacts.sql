-- One row per contact that took much longer than others of its month, channel and reason.
{{ config(materialized='view') }}

with

contacts as (

    select
        *,
        cast(date_trunc('month', started_date) as date) as month_start_date
    from {{ ref('fact_contacts') }}
    where contact_count = 1 and handle_seconds is not null

),

-- A contact answers once per measure.
satisfaction as (

    select * from {{ ref('fact_survey_responses') }}
    where csat_answered_count = 1

),

usual_contacts as (

    select
        month_start_date,
        channel_key,
        contact_reason_key,
        handled_contact_count as usual_contact_count,
        cast(contact_handle_seconds / handled_contact_count as decimal(18, 3))
            as usual_handle_seconds
    from {{ ref('contact_reason_months') }}
    where handled_contact_count >= {{ number_of('long_contact_minimum_count') }}

),

long_contacts as (

    select
        contacts.*,
        usual_contacts.usual_contact_count,
        usual_contacts.usual_handle_seconds,
        satisfaction.satisfied_count = 1 as is_satisfied,
        coalesce(contacts.next_contact_seconds <= contacts.repeat_window_seconds, false)
            as has_come_back
    from contacts
    inner join usual_contacts
        on
            contacts.month_start_date = usual_contacts.month_start_date
            and contacts.channel_key = usual_contacts.channel_key
            and contacts.contact_reason_key = usual_contacts.contact_reason_key
            and contacts.handle_seconds
            >= {{ number_of('long_contact_factor') }} * usual_contacts.usual_handle_seconds
    left join satisfaction on contacts.contact_key = satisfaction.contact_key

),

report_long_contacts as (

    select
        contact_key,
        source_system,
        source_instance,
        source_contact_id,

        month_start_date,
        started_date,
        started_at,

        channel_key,
        contact_reason_key,
        handling_agent_key as agent_key,
        channel_name,
        contact_reason_name,
        handling_agent_name as agent_name,
        handling_team_name as team_name,
        case
            when
                has_come_back
                or is_abandoned_after_transfer
                or not is_resolved
                or not is_satisfied
                then 'needs_training'
            when is_final and (first_contact_resolved_count = 1 or is_resolved or is_satisfied)
                then 'adds_value'
            else 'unclear'
        end as verdict,

        handle_seconds,
        usual_handle_seconds,
        cast(handle_seconds - usual_handle_seconds as decimal(18, 3)) as excess_seconds,
        hold_seconds,
        after_contact_work_seconds,
        transfer_count,

        has_come_back,
        is_abandoned_after_transfer,
        is_resolved,
        is_satisfied,
        is_final,

        cast({{ number_of('long_contact_factor') }} as double) as rule_factor,
        cast(usual_contact_count as int) as usual_contact_count,
        {{ number_of('long_contact_minimum_count') }} as rule_minimum_contact_count
    from long_contacts

)

select * from report_long_contacts
