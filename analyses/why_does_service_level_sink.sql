-- Service level sinks week by week: is it volume, handle time or people?
--
-- Volume first, and people since. In the week of 12 October a quarter more visits came than in
-- the week before, agents were busy for 57 instead of 46 % of their time and service level fell
-- by eight points. Visits went back by a tenth and service level came half of the way, but then
-- sank again, to 75.5 %, though handle time stayed within 2 % and adherence is as before: each
-- week more planned time was not for contacts, 18.4 % in the last against 14.9 %. The plan, not
-- the agents, is what to look at.
--
-- The table has, by week, service level and its trend, visits offered, average handle time,
-- occupancy, adherence and shrinkage.
--
-- week        service_level  trend           visits  handle  occupancy  adherence  shrinkage
-- 2026-10-05  0.821          not_comparable  1793    441     0.46       0.900      0.171
-- 2026-10-12  0.740          worse           2249    438     0.57       0.893      0.149
-- 2026-10-19  0.787          better          2034    442     0.54       0.903      0.161
-- 2026-10-26  0.763          worse           2066    444     0.55       0.881      0.177
-- 2026-11-02  0.755          same            2128    446     0.54       0.904      0.184
--
-- One row per complete week.
with

scorecard as (

    select * from {{ ref('report_scorecard') }}
    where period = 'week' and is_complete

),

weeks as (

    select
        period_start_date as week,
        cast(max(case when kpi_name = 'service_level' then value end) as decimal(9, 3))
            as service_level,
        max(case when kpi_name = 'service_level' then trend end) as trend,
        cast(max(case when kpi_name = 'contacts_offered' then value end) as int) as visits,
        cast(max(case when kpi_name = 'average_handle_time' then value end) as decimal(9, 0))
            as handle,
        cast(max(case when kpi_name = 'occupancy_rate' then value end) as decimal(9, 2))
            as occupancy,
        cast(max(case when kpi_name = 'schedule_adherence' then value end) as decimal(9, 3))
            as adherence,
        cast(max(case when kpi_name = 'shrinkage_rate' then value end) as decimal(9, 3))
            as shrinkage
    from scorecard
    group by period_start_date

)

select * from weeks
order by week
