-- The headcount of all teams at the end of a month is the number of agents employed then, and moves
-- between teams add up to nothing.
with

months as (

    select
        source_system,
        source_instance,
        month_start_date,
        cast(month_start_date + interval '1' month as date) as next_month_start_date,
        sum(headcount_close_count) as headcount_close_count,
        sum(moved_in_count) as moved_in_count,
        sum(moved_out_count) as moved_out_count
    from {{ ref('fact_agent_months') }}
    group by source_system, source_instance, month_start_date

)

select
    months.source_system,
    months.source_instance,
    months.month_start_date,
    months.headcount_close_count
from months
left join {{ ref('int_employments') }} as employments
    on
        months.source_system = employments.source_system
        and months.source_instance = employments.source_instance
        and months.next_month_start_date > employments.hired_on
        and (employments.left_on is null or months.next_month_start_date <= employments.left_on)
group by all
having
    months.headcount_close_count <> count(employments.agent_code)
    or max(months.moved_in_count) <> max(months.moved_out_count)
