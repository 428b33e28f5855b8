-- A team closes a month with those it opened with, plus who came, less who went; so opens the next.
with

team_months as (

    select
        team_key,
        source_system,
        source_instance,
        month_start_date,
        sum(headcount_open_count) as headcount_open_count,
        sum(headcount_close_count) as headcount_close_count,
        sum(hired_count + moved_in_count) as in_count,
        sum(left_count + moved_out_count) as out_count
    from {{ ref('fact_agent_months') }}
    group by team_key, source_system, source_instance, month_start_date

),

months_in_order as (

    select
        *,
        lead(headcount_open_count) over (
            partition by team_key, source_system, source_instance order by month_start_date
        ) as next_open_count,
        lead(month_start_date) over (
            partition by team_key, source_system, source_instance order by month_start_date
        ) as next_month_start_date
    from team_months

)

select * from months_in_order
where
    headcount_open_count + in_count - out_count <> headcount_close_count
    or (
        next_month_start_date = month_start_date + interval '1' month
        and next_open_count <> headcount_close_count
    )
