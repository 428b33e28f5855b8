-- The contacts and the handle time of a month are those of its channels and reasons together.
with

contacts as (

    select
        contact_key,
        cast(date_trunc('month', started_date) as date) as month_start_date
    from {{ ref('fact_contacts') }}
    where contact_count = 1

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    where handle_known_count = 1

),

legs_per_contact as (

    select
        contact_key,
        sum(handle_seconds) as handle_seconds
    from agent_legs
    group by contact_key

),

expected as (

    select
        contacts.month_start_date,
        count(*) as contact_count,
        sum(legs_per_contact.handle_seconds) as handle_seconds
    from contacts
    left join legs_per_contact on contacts.contact_key = legs_per_contact.contact_key
    group by contacts.month_start_date

),

reported as (

    select
        month_start_date,
        sum(contact_count) as contact_count,
        sum(handle_seconds) as handle_seconds,
        sum(contact_share) as contact_share
    from {{ ref('report_contact_reasons') }}
    group by month_start_date

)

select
    expected.*,
    reported.contact_count as reported_contact_count,
    reported.handle_seconds as reported_handle_seconds
from expected
full outer join reported on expected.month_start_date = reported.month_start_date
where
    expected.contact_count is distinct from reported.contact_count
    or expected.handle_seconds is distinct from reported.handle_seconds
    or abs(reported.contact_share - 1) > 0.000001
