-- When do callers wait longest, and is it staffing or volume?
--
-- At weekends, and it is staffing. From 12 to 16 h of a weekend 5 visits an hour find one agent
-- logged in, who is on break or in training for over a third of the time: the average answer takes
-- 75 seconds, half of the callers are answered in time and 14 % give up. In the same hours of a
-- weekday five times as many visits are answered in 21 seconds, because four agents are ready.
-- On weekdays it is volume: from 8 to 12 h as many agents are ready as from 12 to 16 h, for 12 %
-- more visits; they are busy for 72 % of their ready time, and the average answer takes 30 seconds.
-- A second agent at weekends would help most, then training moved from the morning to later.
--
-- Run it with `dbt compile -s when_do_callers_wait` and paste what that prints into any DuckDB
-- client, on the build file or the served one. This is what it gives on the sample: by the first of
-- four local hours, visits an hour, agents logged in and agents ready (not in an auxiliary state)
-- on average, and the average wait of answered visits.
--
-- day_type  hour  visits  staffed  ready  occupancy  wait_seconds  service_level  abandonment
-- weekday   0     1.1     1.1      0.4    0.26       18.4          0.78           0.06
-- weekday   4     9.6     2.4      1.5    0.59       33.1          0.72           0.08
-- weekday   8     29.9    5.7      4.1    0.72       30.1          0.71           0.05
-- weekday   12    26.8    6.0      4.2    0.66       20.6          0.80           0.04
-- weekday   16    11.1    3.2      1.9    0.60       23.1          0.78           0.04
-- weekday   20    1.2     1.0      0.4    0.32       23.2          0.72           0.06
-- weekend   0     0.2     1.0      0.3    0.07       9.0           0.67           0.00
-- weekend   4     1.4     1.1      0.4    0.33       12.0          0.73           0.16
-- weekend   8     4.8     1.5      0.7    0.52       51.2          0.57           0.21
-- weekend   12    5.1     1.1      0.7    0.64       74.7          0.50           0.14
-- weekend   16    2.6     0.9      0.4    0.45       84.6          0.41           0.22
-- weekend   20    0.5     1.0      0.3    0.16       19.0          0.68           0.11
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
