-- One row per UTC half hour, queue and channel of calls or chats, with the agents it would take.
with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}
    where offered_count > 0

),

contacts as (

    select * from {{ ref('fact_contacts') }}

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

-- An agent has several chats at once, so a chat takes what is its share of the agent's time.
work_per_visit as (

    select
        agent_legs.visit_key,
        sum(agent_legs.handled_count) as handled_count,
        sum(
            case dim_channel.channel_family
                when 'live'
                    then agent_legs.split_seconds + agent_legs.split_after_contact_work_seconds
                else agent_legs.handle_seconds
            end
        ) as workload_seconds
    from agent_legs
    inner join dim_channel on agent_legs.channel_key = dim_channel.channel_key
    group by agent_legs.visit_key

),

-- Who hangs up and dials again at once is one who wants an answer, not two.
interval_loads as (

    select
        cast(date_trunc('hour', queue_visits.offered_at) as timestamp)
        + cast(floor(minute(queue_visits.offered_at) / 30) * 30 as int) * interval '1' minute
            as interval_start_at,
        queue_visits.queue_key,
        queue_visits.channel_key,
        queue_visits.queue_name,
        queue_visits.channel_name,
        min(queue_visits.offered_date) as offered_date,
        sum(queue_visits.offered_count) as offered_count,
        sum(case when contacts.retry_count = 1 then queue_visits.offered_count else 0 end)
            as retry_count,
        sum(work_per_visit.handled_count) as handled_count,
        sum(work_per_visit.workload_seconds) as workload_seconds
    from queue_visits
    inner join dim_channel on queue_visits.channel_key = dim_channel.channel_key
    left join contacts on queue_visits.contact_key = contacts.contact_key
    left join work_per_visit on queue_visits.visit_key = work_per_visit.visit_key
    where dim_channel.channel_family in ('voice', 'live')
    group by all

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

-- Enough agents are found soon above the load: within a few times its square root.
candidates as (

    select
        interval_start_at,
        queue_key,
        channel_key,
        traffic_intensity,
        average_workload_seconds,
        service_level_threshold_seconds,
        service_level_target,
        {{ each_number(
            'cast(floor(traffic_intensity) as int) + 1',
            'cast(floor(traffic_intensity) + ceil(4 * sqrt(traffic_intensity)) as int) + 10'
        ) }} as agent_count
    from intervals
    where traffic_intensity > 0

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
        interval_start_at,
        queue_key,
        channel_key,
        min(agent_count) as required_agent_count,
        {{ value_at_first('service_level', 'agent_count') }} as expected_service_level,
        {{ value_at_first('speed_of_answer', 'agent_count') }} as expected_speed_of_answer
    from candidates_with_service_level
    where
        service_level >= service_level_target
        and traffic_intensity / agent_count <= {{ var('most_planned_occupancy') }}
    group by interval_start_at, queue_key, channel_key

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
            intervals.interval_start_at = required_agents.interval_start_at
            and intervals.queue_key = required_agents.queue_key
            and intervals.channel_key = required_agents.channel_key

)

select * from kpi_interval_staffing
