-- When do callers wait longest, and is it staffing or volume?
--
-- On weekday nights, and it is staffing. From 20 h to 4 h 2.4 visits an hour find one agent logged
-- in, who is on contacts or their work for no more than 30 % of the ready time; yet answers take 29
-- to 42 seconds and a quarter of the callers give up, because nobody covers that agent's breaks and
-- a second call has to wait for the first. In the middle of the day it is twelve times as many
-- visits, five agents are ready, answers take 20 seconds and 3 % give up: pooling works. A second
-- agent on call at night would help most, or sending night calls to the site that is awake.
--
-- Run it with `dbt compile -s when_do_callers_wait` and paste what that prints into any DuckDB
-- client, on the build file or the served one. This is what it gives on the sample: by the first of
-- four local hours, visits an hour, agents logged in and agents ready (not in an auxiliary state)
-- on average, and the average wait of answered visits.
--
-- day_type  hour  visits  staffed  ready  occupancy  wait_seconds  service_level  abandonment
-- weekday   0     2.5     1.0      0.7    0.30       42.1          0.52           0.26
-- weekday   4     8.0     1.9      1.6    0.43       29.8          0.63           0.14
-- weekday   8     30.2    6.2      5.1    0.63       20.0          0.77           0.03
-- weekday   12    31.3    6.7      5.2    0.63       18.7          0.79           0.03
-- weekday   16    8.4     2.7      2.1    0.43       25.3          0.73           0.06
-- weekday   20    2.4     1.0      0.9    0.26       29.3          0.61           0.22
-- weekend   0     1.0     1.0      0.7    0.12       30.0          0.56           0.29
-- weekend   4     1.0     1.2      1.1    0.11       28.8          0.87           0.05
-- weekend   8     4.5     1.9      1.6    0.34       30.9          0.72           0.09
-- weekend   12    4.4     2.2      1.9    0.29       23.3          0.80           0.08
-- weekend   16    1.0     2.0      1.4    0.10       16.1          0.85           0.02
-- weekend   20    0.8     1.0      0.9    0.09       10.5          0.80           0.10
--
-- One row per kind of day and four local hours.
with

queue_intervals as (

    select * from {{ ref('fact_queue_intervals') }}

),

agent_intervals as (

    select * from {{ ref('fact_agent_intervals') }}

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
