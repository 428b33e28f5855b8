-- The list of breaches holds as many of a date as its service levels and ticket targets miss.
with

missed as (

    select
        'queue_visit' as measure,
        offered_date as begun_date,
        sum(breach_count) as breach_count
    from {{ ref('report_sla') }}
    where not is_from_totals
    group by offered_date

    union all

    select
        measure,
        created_date as begun_date,
        sum(breach_count) as breach_count
    from {{ ref('report_ticket_sla') }}
    group by measure, created_date

),

-- Of a queue with totals among its counts they do not tell which are known one by one.
queues_with_totals as (

    select
        offered_date,
        queue_key,
        channel_key
    from {{ ref('report_sla') }}
    where is_from_totals

),

listed as (

    select
        breaches.measure,
        breaches.begun_date,
        count(*) as breach_count
    from {{ ref('report_sla_breaches') }} as breaches
    left join queues_with_totals
        on
            breaches.measure = 'queue_visit'
            and breaches.begun_date = queues_with_totals.offered_date
            and breaches.queue_key = queues_with_totals.queue_key
            and breaches.channel_key = queues_with_totals.channel_key
    where queues_with_totals.offered_date is null
    group by breaches.measure, breaches.begun_date

)

select
    coalesce(missed.measure, listed.measure) as measure,
    coalesce(missed.begun_date, listed.begun_date) as begun_date,
    missed.breach_count,
    listed.breach_count as listed_count
from missed
full outer join listed
    on
        missed.measure = listed.measure
        and missed.begun_date = listed.begun_date
where coalesce(missed.breach_count, 0) <> coalesce(listed.breach_count, 0)
