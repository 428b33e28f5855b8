-- The backlog of a day is yesterday's with what came and went, and it is what open states cover.
with

backlog_days as (

    select
        *,
        lag(backlog_count, 1, 0) over (
            partition by queue_key, channel_key
            order by backlog_date
        ) as backlog_before
    from {{ ref('fact_backlog_days') }}

),

open_states as (

    select * from {{ ref('fact_ticket_states') }}
    where is_backlog and not is_excluded

),

covered_days as (

    select
        backlog_days.queue_key,
        backlog_days.channel_key,
        backlog_days.backlog_date,
        count(*) as covered_count
    from backlog_days
    inner join open_states
        on
            backlog_days.queue_key = open_states.queue_key
            and backlog_days.channel_key = open_states.channel_key
            and backlog_days.backlog_date >= open_states.started_date
            and (
                open_states.ended_date is null
                or backlog_days.backlog_date < open_states.ended_date
            )
    group by backlog_days.queue_key, backlog_days.channel_key, backlog_days.backlog_date

)

select
    backlog_days.queue_key,
    backlog_days.channel_key,
    backlog_days.backlog_date,
    backlog_days.backlog_count,
    covered_days.covered_count
from backlog_days
left join covered_days
    on
        backlog_days.queue_key = covered_days.queue_key
        and backlog_days.channel_key = covered_days.channel_key
        and backlog_days.backlog_date = covered_days.backlog_date
where
    backlog_days.backlog_count <> coalesce(covered_days.covered_count, 0)
    or backlog_days.backlog_count
    <> backlog_days.backlog_before + backlog_days.opened_count + backlog_days.reopened_count
    + backlog_days.moved_in_count - backlog_days.moved_out_count - backlog_days.solved_count
