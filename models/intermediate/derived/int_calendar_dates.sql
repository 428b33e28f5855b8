-- One row per calendar date, whole years around the data.
with

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

queue_day_totals as (

    select * from {{ ref('int_queue_day_totals') }}

),

cost_lines as (

    select * from {{ ref('int_cost_lines') }}

),

payroll_months as (

    select * from {{ ref('int_payroll_months') }}

),

survey_month_totals as (

    select * from {{ ref('int_survey_month_totals') }}

),

survey_answers as (

    select * from {{ ref('int_survey_answers') }}

),

employee_survey_responses as (

    select * from {{ ref('int_employee_survey_responses') }}

),

evaluations as (

    select * from {{ ref('int_evaluations') }}

),

-- A horizon in UTC may begin or end on another day of the reporting time zone.
data_spans as (

    select
        first_event_at - interval '1' day as first_at,
        last_event_at + interval '1' day as last_at
    from source_horizons

    union all

    select
        cast(min(offered_date) as timestamp) as first_at,
        cast(max(offered_date) as timestamp) as last_at
    from queue_day_totals

    union all

    select
        cast(min(month_start_date) as timestamp) as first_at,
        cast(max(month_start_date) as timestamp) as last_at
    from cost_lines

    union all

    select
        cast(min(month_start_date) as timestamp) as first_at,
        cast(max(month_start_date) as timestamp) as last_at
    from payroll_months

    union all

    select
        cast(min(month_start_date) as timestamp) as first_at,
        cast(max(month_start_date) as timestamp) as last_at
    from survey_month_totals

    union all

    select
        min(answered_at) as first_at,
        max(answered_at) as last_at
    from survey_answers

    union all

    select
        cast(min(answered_on) as timestamp) as first_at,
        cast(max(answered_on) as timestamp) as last_at
    from employee_survey_responses

    union all

    select
        min(evaluated_at) as first_at,
        max(evaluated_at) as last_at
    from evaluations

),

source_dates as (

    select
        {{ each_day(
            "date_trunc('year', first_at)",
            "date_trunc('year', last_at) + interval '1' year - interval '1' day"
        ) }} as date_day
    from data_spans
    where first_at is not null

),

-- Sources may share years, and there may be years between them.
calendar_dates as (

    select distinct date_day from source_dates

)

select * from calendar_dates
