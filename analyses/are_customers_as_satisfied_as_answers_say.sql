-- Are customers as satisfied as those who answer say?
--
-- Yes, within a point, as far as October tells. Contacts that were not resolved are answered for
-- more often (25 of 100) than resolved ones (19), so that answers look a little worse than the
-- customers: 78.6 % are satisfied among those who answered, 79.4 % with each group weighted as it
-- was asked. By segment it is 79.1 %, by channel 78.1 %. That corrects for what groups can tell,
-- not for who stays silent within one, and the weights rest on few: 104 answers to the 479
-- surveys that are closed.
--
-- The table has contacts asked and answered of surveys that are closed, the highest and lowest
-- response rate of a group, and satisfaction as it is and weighted. One rating of a channel in
-- which no survey is closed yet is left out.
--
-- month       grouped_by  asked  answered  highest_rate  lowest_rate  satisfaction  weighted
-- 2026-10-01  channel     479    104       0.50          0.00         0.785         0.781
-- 2026-10-01  resolution  479    104       0.25          0.19         0.786         0.794
-- 2026-10-01  segment     479    104       0.40          0.20         0.786         0.791
--
-- One row per month with closed surveys, and way of grouping the contacts asked.
with

survey_response as (

    select * from {{ ref('report_survey_response') }}
    where asked_share > 0

),

-- Each group has the weight that it has among those asked, not among those who answered.
weighted as (

    select
        month_start_date as month,
        grouping_kind as grouped_by,
        cast(sum(closed_survey_count) as int) as asked,
        cast(sum(closed_survey_answered_count) as int) as answered,
        cast(max(survey_response_rate) as decimal(9, 2)) as highest_rate,
        cast(min(survey_response_rate) as decimal(9, 2)) as lowest_rate,
        cast({{ customer_satisfaction('v') }} as decimal(9, 3)) as satisfaction,
        cast(
            sum(asked_share * customer_satisfaction)
            / sum(case when customer_satisfaction is not null then asked_share end)
            as decimal(9, 3)
        ) as weighted
    from survey_response as v
    group by month_start_date, grouping_kind

)

select * from weighted
order by month, grouped_by
