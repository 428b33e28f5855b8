-- By agent, by team and by channel, the reports hold as many handled contacts as there are.
with

legs as (

    select sum(handled_count) as handled_count
    from {{ ref('fact_agent_legs') }}

),

reported as (

    select
        'agents by ' || period as report,
        sum(contacts_handled) as handled_count
    from {{ ref('report_agent_performance') }}
    group by period

    union all

    select
        'teams by ' || period as report,
        sum(contacts_handled) as handled_count
    from {{ ref('report_team') }}
    group by period

    union all

    select
        'agents by channel' as report,
        sum(handled_count) as handled_count
    from {{ ref('report_agent_channels') }}

)

select
    reported.report,
    reported.handled_count,
    legs.handled_count as expected_count
from reported
cross join legs
where reported.handled_count is distinct from legs.handled_count
