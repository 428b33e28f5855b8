-- Every counted session is in the report, and ended in one of the ways it knows.
with

sessions as (

    select
        started_date,
        sum(session_count) as session_count,
        sum(contained_count) as contained_count
    from {{ ref('fact_self_service_sessions') }}
    where not is_excluded
    group by started_date

),

reported as (

    select
        started_date,
        sum(session_count) as session_count,
        sum(contained_count) as contained_count,
        sum(completed_count + hung_up_count + to_queue_count + unknown_end_count) as ended_count
    from {{ ref('report_self_service') }}
    group by started_date

)

select
    sessions.*,
    reported.session_count as reported_session_count,
    reported.ended_count
from sessions
full outer join reported on sessions.started_date = reported.started_date
where
    sessions.session_count is distinct from reported.session_count
    or sessions.contained_count is distinct from reported.contained_count
    or sessions.session_count is distinct from reported.ended_count
