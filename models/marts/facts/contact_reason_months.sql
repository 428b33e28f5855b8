-- One row per month, channel and contact reason: what report_contact_reasons shows but answers.
-- Stored, so that a day of data works out the months of that day only.
{{ config(
    schema='intermediate',
    access='private',
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook="{{ forget_touched_dates('fact_contacts', 'month_start_date', period='month') }}"
) }}

with

all_contacts as (

    select * from {{ ref('fact_contacts') }}
    {{ of_touched_dates('fact_contacts', 'started_date', period='month') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    where not is_excluded

),

contacts as (

    select
        *,
        cast(date_trunc('month', started_date) as date) as month_start_date
    from all_contacts
    where contact_count = 1

),

contact_sums as (

    select
        v.month_start_date,
        v.channel_key,
        v.contact_reason_key,
        v.channel_name,
        v.contact_reason_name,
        count(*) as contact_count,
        cast(sum(v.self_served_count) as bigint) as self_served_count,
        cast(sum(v.assisted_count) as bigint) as assisted_count,
        count(v.handle_seconds) as handled_contact_count,
        cast(sum(v.handle_seconds) as decimal(18, 3)) as contact_handle_seconds,
        cast(sum(v.first_contact_resolved_count) as bigint) as first_contact_resolved_count,
        cast(sum(v.first_contact_resolution_eligible_count) as bigint)
            as first_contact_resolution_eligible_count,
        cast(sum(v.repeat_count) as bigint) as repeat_count,
        cast(sum(v.repeat_eligible_count) as bigint) as repeat_eligible_count,
        cast(sum(v.complaint_count) as bigint) as complaint_count,
        cast(sum(v.complaint_known_count) as bigint) as complaint_known_count,
        cast(sum(v.escalated_count) as bigint) as escalated_count,
        cast(sum(v.escalated_known_count) as bigint) as escalated_known_count,
        {{ first_contact_resolution('v') }} as first_contact_resolution,
        {{ repeat_contact_rate('v') }} as repeat_contact_rate,
        {{ complaint_rate('v') }} as complaint_rate,
        {{ escalation_rate('v') }} as escalation_rate
    from contacts as v
    group by
        v.month_start_date,
        v.channel_key,
        v.contact_reason_key,
        v.channel_name,
        v.contact_reason_name

),

-- Work belongs to the month in which the contact began.
handling_sums as (

    select
        contacts.month_start_date,
        contacts.channel_key,
        contacts.contact_reason_key,
        cast(sum(v.handle_known_count) as bigint) as handle_known_count,
        cast(sum(case when v.handle_known_count > 0 then v.handle_seconds end) as decimal(18, 3))
            as handle_seconds,
        cast(sum(v.transferred_count) as bigint) as transferred_count,
        cast(sum(v.transfer_known_count) as bigint) as transfer_known_count,
        {{ average_handle_time('v') }} as average_handle_time_seconds,
        {{ transfer_rate('v') }} as transfer_rate
    from contacts
    inner join agent_legs as v on contacts.contact_key = v.contact_key
    group by contacts.month_start_date, contacts.channel_key, contacts.contact_reason_key

),

contact_reason_months as (

    select
        contact_sums.*,
        handling_sums.handle_known_count,
        handling_sums.handle_seconds,
        handling_sums.average_handle_time_seconds,
        handling_sums.transferred_count,
        handling_sums.transfer_known_count,
        handling_sums.transfer_rate
    from contact_sums
    left join handling_sums
        on
            contact_sums.month_start_date = handling_sums.month_start_date
            and contact_sums.channel_key = handling_sums.channel_key
            and contact_sums.contact_reason_key = handling_sums.contact_reason_key

)

select * from contact_reason_months
