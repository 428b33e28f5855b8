-- One row per queue, channel and date from the first ticket on.
{{ config(meta={'rows_of': 'fact_ticket_states'}) }}
with

ticket_states as (

    select * from {{ ref('fact_ticket_states') }}
    where not is_excluded

),

dim_date as (

    select * from {{ ref('dim_date') }}

),

states_in_order as (

    select
        *,
        lag(is_backlog) over per_ticket as was_backlog,
        lag(queue_key) over per_ticket as previous_queue_key,
        lag(queue_name) over per_ticket as previous_queue_name
    from ticket_states
    window per_ticket as (
        partition by ticket_key
        order by started_at
    )

),

-- What a span does to the backlog of its queue, and of the queue that the ticket was in before. A
-- ticket is solved in the queue in which it was open.
movements as (

    select
        queue_key,
        queue_name,
        channel_key,
        channel_name,
        started_date,
        as_of,
        case when was_backlog is null then 1 else 0 end as opened_count,
        case when is_backlog and not was_backlog then 1 else 0 end as reopened_count,
        case
            when is_backlog and was_backlog and queue_key <> previous_queue_key then 1 else 0
        end as moved_in_count,
        0 as moved_out_count,
        case when was_backlog is null and not is_backlog then 1 else 0 end as solved_count
    from states_in_order

    union all

    select
        previous_queue_key as queue_key,
        previous_queue_name as queue_name,
        channel_key,
        channel_name,
        started_date,
        as_of,
        0 as opened_count,
        0 as reopened_count,
        0 as moved_in_count,
        case when is_backlog and queue_key <> previous_queue_key then 1 else 0 end
            as moved_out_count,
        case when is_backlog then 0 else 1 end as solved_count
    from states_in_order
    where was_backlog

),

queues_and_channels as (

    select
        queue_key,
        queue_name,
        channel_key,
        channel_name,
        min(started_date) as first_date,
        max(as_of) as as_of
    from movements
    group by queue_key, queue_name, channel_key, channel_name

),

movements_per_day as (

    select
        queue_key,
        channel_key,
        started_date,
        sum(opened_count) as opened_count,
        sum(reopened_count) as reopened_count,
        sum(moved_in_count) as moved_in_count,
        sum(moved_out_count) as moved_out_count,
        sum(solved_count) as solved_count
    from movements
    group by queue_key, channel_key, started_date

),

backlog_days as (

    select
        queues_and_channels.*,
        dim_date.date_day as backlog_date,
        coalesce(movements_per_day.opened_count, 0) as opened_count,
        coalesce(movements_per_day.reopened_count, 0) as reopened_count,
        coalesce(movements_per_day.moved_in_count, 0) as moved_in_count,
        coalesce(movements_per_day.moved_out_count, 0) as moved_out_count,
        coalesce(movements_per_day.solved_count, 0) as solved_count
    from queues_and_channels
    inner join dim_date
        on
            queues_and_channels.first_date <= dim_date.date_day
            and {{ reporting_date('queues_and_channels.as_of') }} >= dim_date.date_day
    left join movements_per_day
        on
            queues_and_channels.queue_key = movements_per_day.queue_key
            and queues_and_channels.channel_key = movements_per_day.channel_key
            and dim_date.date_day = movements_per_day.started_date

),

fact_backlog_days as (

    select
        queue_key,
        channel_key,
        queue_name,
        channel_name,

        cast(opened_count as int) as opened_count,
        cast(reopened_count as int) as reopened_count,
        cast(moved_in_count as int) as moved_in_count,
        cast(moved_out_count as int) as moved_out_count,
        cast(solved_count as int) as solved_count,
        cast(
            sum(
                opened_count + reopened_count + moved_in_count - moved_out_count - solved_count
            ) over (
                partition by queue_key, channel_key
                order by backlog_date
                rows between unbounded preceding and current row
            ) as int
        ) as backlog_count,

        backlog_date < {{ reporting_date('as_of') }} as is_final,
        backlog_date,
        as_of
    from backlog_days

)

select * from fact_backlog_days
