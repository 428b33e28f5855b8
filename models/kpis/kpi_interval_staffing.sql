-- One row per UTC half hour, queue and channel of calls or chats, with the agents it would take.
{{ config(
    pre_hook="{{ forget_touched_utc_dates('kpi_interval_staffing', 'interval_start_at') }}"
) }}

with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}
    where
        offered_count > 0
        and {{ is_of_touched_utc_dates('kpi_interval_staffing', 'offered_at') }}

),

retries as (

    select contact_key from {{ ref('fact_contacts') }}
    where retry_count = 1

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    where handle_known_count = 1

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

queue_channel_policy as (

    select * from {{ ref('queue_channel_policy') }}

),

visits as (

    select
        queue_visits.visit_key,
        queue_visits.contact_key,
        queue_visits.queue_key,
        queue_visits.channel_key,
        queue_visits.queue_name,
        queue_visits.channel_name,
        queue_visits.offered_date,
        queue_visits.offered_count,
        dim_channel.channel_family,
        cast(date_trunc('hour', queue_visits.offered_at) as timestamp)
        + cast(floor(minute(queue_visits.offered_at) / 30) * 30 as int) * interval '1' minute
            as interval_start_at
    from queue_visits
    inner join dim_channel on queue_visits.channel_key = dim_channel.channel_key
    where dim_channel.channel_family in ('voice', 'live')

),

-- Who hangs up and dials again at once is one who wants an answer, not two.
offered_per_interval as (

    select
        visits.interval_start_at,
        visits.queue_key,
        visits.channel_key,
        any_value(visits.queue_name) as queue_name,
        any_value(visits.channel_name) as channel_name,
        min(visits.offered_date) as offered_date,
        sum(visits.offered_count) as offered_count,
        sum(case when retries.contact_key is null then 0 else visits.offered_count end)
            as retry_count
    from visits
    left join retries on visits.contact_key = retries.contact_key
    group by visits.interval_start_at, visits.queue_key, visits.channel_key

),

-- An agent has several chats at once, so a chat takes what is its share of the agent's time.
work_per_interval as (

    select
        visits.interval_start_at,
        visits.queue_key,
        visits.channel_key,
        sum(agent_legs.handled_count) as handled_count,
        sum(
            case visits.channel_family
                when 'live'
                    then agent_legs.split_seconds + agent_legs.split_after_contact_work_seconds
                else agent_legs.handle_seconds
            end
        ) as workload_seconds
    from visits
    inner join agent_legs on visits.visit_key = agent_legs.visit_key
    group by visits.interval_start_at, visits.queue_key, visits.channel_key

),

interval_loads as (

    select
        offered_per_interval.*,
        work_per_interval.handled_count,
        work_per_interval.workload_seconds
    from offered_per_interval
    left join work_per_interval
        on
            offered_per_interval.interval_start_at = work_per_interval.interval_start_at
            and offered_per_interval.queue_key = work_per_interval.queue_key
            and offered_per_interval.channel_key = work_per_interval.channel_key

),

intervals_with_load as (

    select
        interval_loads.*,
        interval_loads.offered_count - interval_loads.retry_count as net_offered_count,
        cast(interval_loads.workload_seconds as double)
        / nullif(interval_loads.handled_count, 0) as average_workload_seconds,
        cast(queue_channel_policy.service_level_threshold_seconds as double)
            as service_level_threshold_seconds,
        cast(queue_channel_policy.service_level_target as double) as service_level_target
    from interval_loads
    left join queue_channel_policy
        on
            interval_loads.queue_key = queue_channel_policy.queue_key
            and interval_loads.channel_key = queue_channel_policy.channel_key
            and interval_loads.interval_start_at >= queue_channel_policy.valid_from
            and interval_loads.interval_start_at < queue_channel_policy.valid_to

),

intervals as (

    select
        *,
        net_offered_count * average_workload_seconds / 1800 as traffic_intensity
    from intervals_with_load

),

-- Many intervals have the same load, which is worked out once.
loads as (

    select distinct
        traffic_intensity,
        average_workload_seconds,
        service_level_threshold_seconds,
        service_level_target
    from intervals
    where traffic_intensity > 0

),

bounded_loads as (

    select
        *,
        floor(traffic_intensity / {{ number_of('most_planned_occupancy') }})
            as agent_count_at_most_occupancy
    from loads

),

-- Enough agents are found soon above the load, within a few times its square root, or where no
-- more of their time is planned than may be.
candidates as (

    select
        *,
        {{ each_number(
            'cast(greatest(floor(traffic_intensity) + 1, agent_count_at_most_occupancy) as int)',
            'cast(greatest(
                floor(traffic_intensity) + ceil(4 * sqrt(traffic_intensity)) + 10,
                agent_count_at_most_occupancy + 2
            ) as int)'
        ) }} as agent_count
    from bounded_loads

),

candidates_with_waiting_share as (

    select
        *,
        -- The linter does not know the lambdas of DuckDB.
        {{ erlang_c('traffic_intensity', 'agent_count') }} as waiting_share  -- noqa: PRS, LT02
    from candidates

),

candidates_with_service_level as (

    select
        *,
        {{ erlang_c_service_level(
            'waiting_share',
            'traffic_intensity',
            'agent_count',
            'average_workload_seconds',
            'service_level_threshold_seconds'
        ) }} as service_level,
        {{ erlang_c_speed_of_answer(
            'waiting_share', 'traffic_intensity', 'agent_count', 'average_workload_seconds'
        ) }} as speed_of_answer
    from candidates_with_waiting_share

),

required_agents as (

    select
        traffic_intensity,
        average_workload_seconds,
        service_level_threshold_seconds,
        service_level_target,
        min(agent_count) as required_agent_count,
        {{ value_at_first('service_level', 'agent_count') }} as expected_service_level,
        {{ value_at_first('speed_of_answer', 'agent_count') }} as expected_speed_of_answer
    from candidates_with_service_level
    where
        service_level >= service_level_target
        and traffic_intensity / agent_count <= {{ number_of('most_planned_occupancy') }}
    group by
        traffic_intensity,
        average_workload_seconds,
        service_level_threshold_seconds,
        service_level_target

),

kpi_interval_staffing as (

    select
        intervals.interval_start_at,
        intervals.queue_key,
        intervals.channel_key,
        intervals.queue_name,
        intervals.channel_name,
        cast(intervals.offered_count as int) as offered_count,
        cast(intervals.retry_count as int) as retry_count,
        cast(intervals.handled_count as int) as handled_count,
        cast(intervals.workload_seconds as decimal(18, 3)) as workload_seconds,
        intervals.traffic_intensity,
        intervals.service_level_threshold_seconds,
        intervals.service_level_target,
        case
            when intervals.net_offered_count = 0 then 0
            else required_agents.required_agent_count
        end as required_agent_count,
        required_agents.expected_service_level,
        required_agents.expected_speed_of_answer,
        intervals.offered_date
    from intervals
    left join required_agents
        on
            intervals.traffic_intensity = required_agents.traffic_intensity
            and intervals.average_workload_seconds = required_agents.average_workload_seconds
            and intervals.service_level_threshold_seconds
            = required_agents.service_level_threshold_seconds
            and intervals.service_level_target = required_agents.service_level_target

)

select * from kpi_interval_staffing
