-- One row per journey: what a customer came for, until the matter rested for a repeat window.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    meta={'reads_directories': true},
    pre_hook='{{ forget_touched_journeys() }}'
) }}

with recursive

-- The engine asks for this time first, and leaves what is before it unread.
first_times as (

    select
        min(as_of)
        - interval '{{ number_of("journey_days") }}' day
        - interval '1' second * cast(max(repeat_window_seconds) as int) as since_at
    from {{ ref('fact_contacts') }}

),

-- A repeat window more, so that a journey that began before the first day is known as such.
contacts as (

    select * from {{ ref('fact_contacts') }}
    where
        contact_count = 1
        and started_at >= (select first_times.since_at from first_times)
        and started_at
        >= as_of
        - interval '{{ number_of("journey_days") }}' day
        - interval '1' second * cast(repeat_window_seconds as int)

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    where leg_type in ('customer', 'conference')

),

dim_customer as (

    select * from {{ ref('dim_customer') }}

),

dim_contact_reason as (

    select * from {{ ref('dim_contact_reason') }}

),

-- Hardly any contact goes on with another.
continuations as (

    select
        contacts.contact_key,
        contacts.previous_contact_key,
        contacts.customer_key
    from contacts
    inner join contacts as earlier on contacts.previous_contact_key = earlier.contact_key

),

-- From the first contact of a known customer on, every one belongs to that customer, under whatever
-- identity. What goes on with itself is in no chain, and no chain has more than 50 steps.
chains as (

    select distinct
        contacts.contact_key,
        contacts.contact_key as chain_key,
        contacts.contact_key as first_contact_key,
        contacts.customer_key,
        1 as step
    from continuations
    inner join contacts on continuations.previous_contact_key = contacts.contact_key
    left join continuations as own on contacts.contact_key = own.contact_key
    where own.contact_key is null

    union all

    select
        continuations.contact_key,
        chains.chain_key,
        case
            when chains.customer_key >= 0 then chains.first_contact_key
            else continuations.contact_key
        end as first_contact_key,
        case
            when chains.customer_key >= 0 then chains.customer_key
            else continuations.customer_key
        end as customer_key,
        chains.step + 1 as step
    from chains
    inner join continuations on chains.contact_key = continuations.previous_contact_key
    where chains.step < 50

),

-- A chain is about one thing, the first one in it that anybody recorded.
reasons_of_chains as (

    select
        chains.chain_key,
        {{ value_at_first(
            'contacts.contact_reason_key',
            '(chains.step, contacts.started_at, contacts.contact_key)'
        ) }} as known_reason_key
    from chains
    inner join contacts on chains.contact_key = contacts.contact_key
    where contacts.contact_reason_key >= 0
    group by chains.chain_key

),

chained_contacts as (

    select
        contacts.contact_key,
        contacts.source_contact_id,
        contacts.channel_key,
        contacts.channel_name,
        contacts.outcome,
        contacts.repeat_window_seconds,
        contacts.wait_seconds,
        contacts.handle_seconds,
        contacts.handoff_count,
        contacts.is_final,
        (
            contacts.has_reached_agent
            and not contacts.is_abandoned_after_transfer
            and coalesce(contacts.is_resolved, true)
        )
        or contacts.is_contained as has_ended_well,
        contacts.started_at,
        contacts.started_date,
        contacts.as_of,
        chains.first_contact_key,
        coalesce(chains.customer_key, contacts.customer_key) as journey_customer_key,
        case
            when chains.contact_key is not null then reasons_of_chains.known_reason_key
            when contacts.contact_reason_key >= 0 then contacts.contact_reason_key
        end as known_reason_key
    from contacts
    left join chains on contacts.contact_key = chains.contact_key
    left join reasons_of_chains on chains.chain_key = reasons_of_chains.chain_key

),

-- A contact without a reason goes on with what the customer came for before.
contacts_with_matter as (

    select
        *,
        coalesce(
            {{ last_known('known_reason_key') }} over (
                partition by journey_customer_key
                order by started_at, contact_key
                rows between unbounded preceding and current row
            ),
            -2
        ) as matter_key
    from chained_contacts
    where
        journey_customer_key >= 0
        and {{ is_of_touched_journey('journey_customer_key') }}

),

-- What goes on with a contact is about the same.
contacts_with_issue as (

    select
        contacts_with_matter.*,
        coalesce(first_ones.matter_key, contacts_with_matter.matter_key) as issue_key,
        first_ones.started_at < contacts_with_matter.started_at as is_continuation
    from contacts_with_matter
    left join contacts_with_matter as first_ones
        on contacts_with_matter.first_contact_key = first_ones.contact_key

),

contacts_with_start as (

    select
        *,
        case
            when is_continuation then 0
            when
                {{ seconds_between(
                    'lag(started_at) over (
                        partition by journey_customer_key, issue_key
                        order by started_at, contact_key
                    )',
                    'started_at'
                ) }} <= repeat_window_seconds
                then 0
            else 1
        end as is_start
    from contacts_with_issue

),

contacts_of_journeys as (

    select
        *,
        sum(is_start) over (
            partition by journey_customer_key, issue_key
            order by started_at, contact_key
            rows between unbounded preceding and current row
        ) as journey_number
    from contacts_with_start

),

contacts_in_order as (

    select
        *,
        row_number() over (
            partition by journey_customer_key, issue_key, journey_number
            order by started_at, contact_key
        ) as contact_number,
        count(*) over (partition by journey_customer_key, issue_key, journey_number)
            as contact_count
    from contacts_of_journeys

),

agents_of_journeys as (

    select
        contacts_of_journeys.journey_customer_key,
        contacts_of_journeys.issue_key,
        contacts_of_journeys.journey_number,
        cast(count(distinct agent_legs.agent_id) as int) as agent_count
    from contacts_of_journeys
    inner join agent_legs on contacts_of_journeys.contact_key = agent_legs.contact_key
    where agent_legs.agent_key >= 0
    group by
        contacts_of_journeys.journey_customer_key,
        contacts_of_journeys.issue_key,
        contacts_of_journeys.journey_number

),

journeys as (

    select
        journey_customer_key,
        issue_key,
        journey_number,
        max(case when contact_number = 1 then contact_key end) as first_contact_key,
        max(case when contact_number = contact_count then contact_key end) as last_contact_key,
        max(case when contact_number = 1 then source_contact_id end) as first_source_contact_id,
        max(case when contact_number = contact_count then outcome end) as last_outcome,
        bool_or(contact_number = contact_count and is_final) as is_closed,
        bool_or(contact_number = contact_count and has_ended_well) as has_ended_well,
        {{ joined_texts('channel_name', "' > '", 'contact_number') }} as channel_path,
        {{ joined_texts('outcome', "' > '", 'contact_number') }} as outcome_path,
        coalesce(max(known_reason_key), -2) as contact_reason_key,
        min(started_at) as first_contact_at,
        max(started_at) as last_contact_at,
        min(started_date) as started_date,
        max(as_of) as as_of,
        cast(count(*) as int) as contact_count,
        cast(count(distinct channel_key) as int) as channel_count,
        cast(sum(handoff_count) as int) as handoff_count,
        cast(sum(wait_seconds) as decimal(18, 3)) as wait_seconds,
        cast(sum(handle_seconds) as decimal(18, 3)) as handle_seconds
    from contacts_in_order
    group by journey_customer_key, issue_key, journey_number

),

report_customer_journey as (

    select
        journeys.first_contact_key,
        journeys.last_contact_key,
        journeys.journey_customer_key as customer_key,
        journeys.contact_reason_key,
        journeys.first_source_contact_id,

        journeys.started_date,
        journeys.first_contact_at,
        journeys.last_contact_at,

        dim_customer.segment,
        dim_customer.market,
        dim_contact_reason.contact_reason_name,
        journeys.channel_path,
        journeys.outcome_path,
        journeys.last_outcome,

        journeys.contact_count,
        journeys.channel_count,
        coalesce(agents_of_journeys.agent_count, 0) as agent_count,
        -- To every agent but the first the customer told it all again.
        greatest(coalesce(agents_of_journeys.agent_count, 0) - 1, 0) as explained_again_count,
        journeys.handoff_count,
        cast(
            {{ seconds_between('journeys.first_contact_at', 'journeys.last_contact_at') }} as double
        ) / 3600 as duration_hours,
        journeys.wait_seconds,
        journeys.handle_seconds,

        journeys.is_closed,
        case when journeys.is_closed then journeys.has_ended_well end as is_resolved
    from journeys
    inner join dim_customer on journeys.journey_customer_key = dim_customer.customer_key
    inner join dim_contact_reason
        on journeys.contact_reason_key = dim_contact_reason.contact_reason_key
    left join agents_of_journeys
        on
            journeys.journey_customer_key = agents_of_journeys.journey_customer_key
            and journeys.issue_key = agents_of_journeys.issue_key
            and journeys.journey_number = agents_of_journeys.journey_number
    where
        journeys.first_contact_at >= journeys.as_of - interval '{{ number_of("journey_days") }}' day

)

select * from report_customer_journey
