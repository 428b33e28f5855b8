-- When do callers wait longest, and is it staffing or volume?
--
-- On weekday nights, and it is staffing. From 20 h to 4 h 2.2 visits an hour find one agent logged
-- in, who is on contacts or their work for no more than 26 % of the ready time; yet answers take 24
-- to 36 seconds and a fifth of the callers give up, because nobody covers that agent's breaks and
-- a second call has to wait for the first. In the middle of the day it is fourteen times as many
-- visits, five agents are ready, answers take 18 seconds and 2 % give up: pooling works. A second
-- agent on call at night would help most, or sending night calls to the site that is awake.
--
-- Run it with `dbt compile -s when_do_callers_wait` and paste what that prints into any DuckDB
-- client, on the build file or the served one. This is what it gives on the sample: by the first of
-- four local hours, visits an hour, agents logged in and agents ready (not in an auxiliary state)
-- on average, and the average wait of answered visits.
--
-- day_type  hour  visits  staffed  ready  occupancy  wait_seconds  service_level  abandonment
-- weekday   0     2.3     1.0      0.7    0.26       36.2          0.59           0.21
-- weekday   4     7.5     1.9      1.6    0.45       30.1          0.66           0.12
-- weekday   8     30.3    6.2      5.1    0.65       18.9          0.79           0.03
-- weekday   12    30.9    6.7      5.2    0.64       18.0          0.80           0.02
-- weekday   16    8.6     2.7      2.1    0.44       28.1          0.72           0.05
-- weekday   20    2.1     1.0      0.9    0.23       24.3          0.66           0.16
-- weekend   0     1.2     1.0      0.7    0.12       40.2          0.50           0.33
-- weekend   4     1.3     1.2      1.1    0.14       15.8          0.86           0.08
-- weekend   8     4.6     1.9      1.6    0.33       30.0          0.78           0.07
-- weekend   12    4.3     2.2      1.9    0.31       18.1          0.80           0.04
-- weekend   16    1.2     2.0      1.4    0.13       9.0           0.83           0.04
-- weekend   20    0.5     1.0      0.9    0.08       6.1           0.90           0.05
--
-- One row per kind of day and four local hours.
with

voice_channels as (

    select channel_key from {{ ref('dim_channel') }}
    where channel_family = 'voice'

),

queue_intervals as (

    select * from {{ ref('fact_queue_intervals') }}
    where channel_key in (select channel_key from voice_channels)

),

-- Teams that write do not answer calls.
agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}
    where team_key in (
        select team_key from {{ ref('fact_agent_legs') }}
        where channel_key in (select channel_key from voice_channels)
    )

),

local_intervals as (

    select
        interval_start_at,
        local_date,
        extract(hour from local_start_at) // 4 * 4 as first_hour,
        case when extract(isodow from local_date) >= 6 then 'weekend' else 'weekday' end as day_type
    from {{ ref('dim_interval') }}
    where time_zone = '{{ var("reporting_timezone") }}'

),

-- Quarter hours without a visit count too, hence the calendar and not the facts.
hours as (

    select
        day_type,
        first_hour,
        count(*) / 4 as hour_count
    from local_intervals
    where local_date between
        (select min(offered_date) from queue_intervals)
        and (select max(offered_date) from queue_intervals)
    group by day_type, first_hour

),

waits as (

    select
        l.day_type,
        l.first_hour,
        {{ contacts_offered('v') }} as visits,
        {{ service_level('v') }} as service_level,
        {{ average_speed_of_answer('v') }} as average_speed_of_answer,
        {{ abandonment_rate('v') }} as abandonment_rate
    from queue_intervals as v
    inner join local_intervals as l on v.interval_start_at = l.interval_start_at
    group by l.day_type, l.first_hour

),

staffing as (

    select
        l.day_type,
        l.first_hour,
        sum(v.staffed_seconds) / 3600 as staffed_hours,
        sum(v.staffed_seconds - v.auxiliary_seconds) / 3600 as ready_hours,
        {{ occupancy_rate('v') }} as occupancy_rate
    from agent_intervals as v
    inner join local_intervals as l on v.interval_start_at = l.interval_start_at
    group by l.day_type, l.first_hour

),

-- Visits and agents stand side by side and are not divided: visits are counted when offered,
-- agents' seconds when worked.
waits_and_staffing as (

    select
        waits.day_type,
        waits.first_hour as hour,
        cast(waits.visits / hours.hour_count as decimal(9, 1)) as visits,
        cast(staffing.staffed_hours / hours.hour_count as decimal(9, 1)) as staffed,
        cast(staffing.ready_hours / hours.hour_count as decimal(9, 1)) as ready,
        cast(staffing.occupancy_rate as decimal(9, 2)) as occupancy,
        cast(waits.average_speed_of_answer as decimal(9, 1)) as wait_seconds,
        cast(waits.service_level as decimal(9, 2)) as service_level,
        cast(waits.abandonment_rate as decimal(9, 2)) as abandonment
    from waits
    inner join staffing
        on waits.day_type = staffing.day_type and waits.first_hour = staffing.first_hour
    inner join hours
        on waits.day_type = hours.day_type and waits.first_hour = hours.first_hour

)

select * from waits_and_staffing
order by day_type, hour
