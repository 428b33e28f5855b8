-- One row per inbound contact of an identified customer, with its place among the others.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_customers() }}'
) }}

with

contacts as (

    select * from {{ ref('int_contacts') }}
    where
        customer_key >= 0
        and direction = 'inbound'
        and not is_excluded
        and {{ is_of_touched_customer() }}

),

queue_visits as (

    select * from {{ ref('int_queue_visits') }}
    {{ of_contacts_in('contacts') }}

),

agent_legs as (

    select * from {{ ref('int_agent_legs') }}
    {{ of_contacts_in('contacts') }}

),

channels as (

    select * from {{ ref('channels') }}

),

retry_windows as (

    select * from {{ ref('int_kpi_limits') }}
    where limit_code = 'retry_window'

),

visited_contacts as (

    select
        queue_visits.contact_key,
        -- In messaging and tickets nobody can be said to abandon.
        bool_or(
            queue_visits.exit_reason = 'abandoned' and coalesce(channels.counts_abandonment, true)
        ) as has_abandoned
    from queue_visits
    left join channels on queue_visits.channel_code = channels.channel_code
    group by queue_visits.contact_key

),

reached_contacts as (

    select distinct contact_key from agent_legs
    where leg_type in ('customer', 'conference')

),

contacts_with_end as (

    select
        contacts.contact_key,
        contacts.customer_key,
        contacts.contact_reason_code,
        contacts.started_at,
        coalesce(visited_contacts.contact_key, reached_contacts.contact_key) is not null
            as is_assisted,
        case
            when visited_contacts.has_abandoned and reached_contacts.contact_key is null
                then contacts.ended_at
        end as given_up_at
    from contacts
    left join visited_contacts on contacts.contact_key = visited_contacts.contact_key
    left join reached_contacts on contacts.contact_key = reached_contacts.contact_key

),

-- Somebody who hung up in the queue and dials again at once goes on with the same attempt.
contacts_with_retry as (

    select
        contacts_with_end.*,
        coalesce(
            {{ seconds_between(
                'lag(contacts_with_end.given_up_at) over (
                    partition by contacts_with_end.customer_key
                    order by contacts_with_end.started_at, contacts_with_end.contact_key
                )',
                'contacts_with_end.started_at'
            ) }} <= retry_windows.limit_seconds,
            false
        ) as is_retry
    from contacts_with_end
    left join retry_windows
        on
            contacts_with_end.started_at >= retry_windows.valid_from
            and contacts_with_end.started_at < retry_windows.valid_to

),

-- A contact whose reason is not recorded may be about anything, so it matches every reason.
contacts_in_order as (

    select
        contact_key,
        customer_key,
        contact_reason_code,
        is_retry,
        is_assisted,
        lag(started_at) over per_customer as previous_contact_at,
        lag(contact_key) over per_customer as earlier_contact_key,
        lag(started_at) over per_issue as previous_same_at,
        lag(contact_key) over per_issue as earlier_same_key,
        max(case when contact_reason_code is null then started_at end) over before_it
            as previous_unknown_at,
        {{ value_at_last(
            'case when contact_reason_code is null then contact_key end',
            'case when contact_reason_code is null then (started_at, contact_key) end'
        ) }} over before_it as earlier_unknown_key,
        min(case when not is_retry then started_at end) over after_it
            as next_contact_at,
        min(case when not is_retry then started_at end) over after_it_of_issue
            as next_same_at,
        min(case when not is_retry and contact_reason_code is null then started_at end)
            over after_it as next_unknown_at,
        min(case when is_assisted then started_at end) over after_it
            as next_assisted_at
    from contacts_with_retry
    window
        per_customer as (
            partition by customer_key
            order by started_at, contact_key
        ),
        before_it as (
            partition by customer_key
            order by started_at, contact_key
            rows between unbounded preceding and 1 preceding
        ),
        after_it as (
            partition by customer_key
            order by started_at, contact_key
            rows between 1 following and unbounded following
        ),
        per_issue as (
            partition by customer_key, contact_reason_code
            order by started_at, contact_key
        ),
        after_it_of_issue as (
            partition by customer_key, contact_reason_code
            order by started_at, contact_key
            rows between 1 following and unbounded following
        )

),

contact_repeats as (

    select
        contact_key,
        customer_key,
        is_retry,
        is_assisted,
        case
            when contact_reason_code is null then previous_contact_at
            else greatest(previous_same_at, previous_unknown_at)
        end as previous_contact_at,
        case
            when contact_reason_code is null then earlier_contact_key
            when previous_same_at < previous_unknown_at or previous_same_at is null
                then earlier_unknown_key
            else earlier_same_key
        end as earlier_contact_key,
        case
            when contact_reason_code is null then next_contact_at
            else least(next_same_at, next_unknown_at)
        end as next_contact_at,
        next_assisted_at
    from contacts_in_order

)

select * from contact_repeats
