-- Each contact that repeat_contact_rate counts is reported once, with one before it.
with

repeats as (

    select contact_key from {{ ref('fact_contacts') }}
    where repeat_count = 1

),

reported as (

    select * from {{ ref('report_repeat_contacts') }}

)

select
    repeats.contact_key,
    reported.contact_key as reported_contact_key,
    reported.gap_hours
from repeats
full outer join reported on repeats.contact_key = reported.contact_key
where
    repeats.contact_key is null
    or reported.contact_key is null
    or reported.earlier_started_at > reported.started_at
