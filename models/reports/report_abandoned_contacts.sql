-- One row per queue visit that a customer abandoned in the last days: the list to call back.
with

-- The engine asks for this time first, and leaves what is before it unread.
first_times as (

    select min(as_of) - interval '{{ number_of("callback_list_days") + 1 }}' day as since_at
    from {{ ref('fact_contacts') }}

),

-- A call or chat begins less than a day before it is given up.
contacts as (

    select * from {{ ref('fact_contacts') }}
    where
        started_at >= (select first_times.since_at from first_times)
        and started_at >= as_of - interval '{{ number_of("callback_list_days") + 1 }}' day

),

abandoned_visits as (

    select * from {{ ref('fact_queue_visits') }}
    where
        abandoned_count = 1
        and offered_at >= (select first_times.since_at from first_times)

),

listed_visits as (

    select
        abandoned_visits.visit_key,
        abandoned_visits.queue_key,
        abandoned_visits.queue_name,
        abandoned_visits.offered_at,
        abandoned_visits.exited_at,
        abandoned_visits.offered_date,
        abandoned_visits.wait_seconds,
        abandoned_visits.is_in_service_hours,
        contacts.contact_key,
        contacts.source_system,
        contacts.source_instance,
        contacts.source_contact_id,
        contacts.customer_key,
        contacts.channel_name,
        contacts.contact_reason_name,
        contacts.is_abandoned_after_transfer,
        contacts.as_of,
        row_number() over (
            partition by
                case when contacts.customer_key >= 0 then contacts.customer_key end,
                case when contacts.customer_key < 0 then abandoned_visits.visit_key end
            order by abandoned_visits.offered_at desc, abandoned_visits.visit_key desc
        ) as visits_ago
    from abandoned_visits
    inner join contacts on abandoned_visits.contact_key = contacts.contact_key
    where
        abandoned_visits.offered_at
        >= contacts.as_of - interval '{{ number_of("callback_list_days") }}' day

),

-- Whoever called whom: an agent talked with the customer.
later_contacts as (

    select
        listed_visits.visit_key,
        count(*) as later_contact_count,
        min(contacts.started_at) as came_back_at,
        min(case when contacts.has_reached_agent then contacts.started_at end) as reached_at
    from listed_visits
    inner join contacts
        on
            listed_visits.customer_key = contacts.customer_key
            and listed_visits.offered_at < contacts.started_at
    where
        listed_visits.customer_key >= 0
        and not contacts.is_blocked
        and not contacts.is_excluded
    group by listed_visits.visit_key

),

judged_visits as (

    select
        listed_visits.*,
        coalesce(later_contacts.later_contact_count, 0) as later_contact_count,
        later_contacts.came_back_at,
        later_contacts.reached_at,
        case
            when later_contacts.reached_at is not null then 'reached'
            when listed_visits.customer_key < 0 then 'not_identified'
            when listed_visits.visits_ago > 1 then 'abandoned_again'
            else 'open'
        end as callback_status
    from listed_visits
    left join later_contacts on listed_visits.visit_key = later_contacts.visit_key

),

report_abandoned_contacts as (

    select
        visit_key,
        contact_key,
        queue_key,
        customer_key,
        source_system,
        source_instance,
        source_contact_id,

        offered_date,
        offered_at,
        {{ utc_to_local('offered_at', text_of('reporting_timezone')) }}
            as offered_at_local,

        channel_name,
        queue_name,
        contact_reason_name,
        callback_status,

        wait_seconds,
        cast({{ seconds_between('offered_at', 'as_of') }} as double) / 3600 as age_hours,
        cast(later_contact_count as int) as later_contact_count,
        came_back_at,
        reached_at,

        is_abandoned_after_transfer,
        is_in_service_hours,
        -- Of an unknown customer nobody can say whether he or she came back.
        case when callback_status <> 'not_identified' then callback_status = 'open' end
            as is_still_open_to_call,
        as_of
    from judged_visits

)

select * from report_abandoned_contacts
