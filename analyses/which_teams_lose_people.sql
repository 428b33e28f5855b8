-- Which teams lose people, and does work tell why?
--
-- The technical teams: five of the seven who left in the twelve months to October, two of them in
-- Dublin, where two agents remain. Work does not tell why. Technical agents are not busier than
-- others, those in New York least of all (40 %), and nobody works much overtime. The digital
-- teams are the busiest and lost nobody. In teams so small one person is a quarter or half of the
-- turnover: ask those who left, and see report_employee_satisfaction.
--
-- The table has agents at the end of the month, those who left in the twelve months to it,
-- turnover and unplanned days absent per agent as of a year; occupancy and hours of overtime of
-- the month.
--
-- team_name           agents  left_in_year  turnover  absence_days  occupancy  overtime_hours
-- Dublin Technical    2       2             0.67      10.5          0.57       1.5
-- New York Technical  7       3             0.48      6.7           0.40       7.8
-- Dublin Service      3       1             0.36      8.1           0.58       2.9
-- New York Service    4       1             0.19      10.5          0.56       3.8
-- Dublin Digital      2       0             0.00      6.0           0.71       3.4
-- New York Digital    4       0             0.00      3.0           0.63       5.2
--
-- One row per team, as of the last month of payroll.
with

workforce as (

    select * from {{ ref('report_workforce') }}

),

teams as (

    select
        team_name,
        headcount_close_count as agents,
        year_left_count as left_in_year,
        cast(year_agent_turnover_rate as decimal(9, 2)) as turnover,
        cast(year_absence_days_per_agent as decimal(9, 1)) as absence_days,
        cast(occupancy_rate as decimal(9, 2)) as occupancy,
        cast(overtime_hours as decimal(9, 1)) as overtime_hours
    from workforce
    where month_start_date = (select max(month_start_date) from workforce)

)

select * from teams
order by turnover desc, team_name
