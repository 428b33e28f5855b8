-- One row per calendar date, whole years around the data.
with

source_horizons as (

    select
        first_event_at,
        last_event_at
    from {{ ref('int_source_horizons') }}

),

-- Totals and waves of employees reach back further than contacts, answers come after them.
survey_months as (

    select
        min(cast(month_start_date as timestamp)) as first_event_at,
        max(cast(month_start_date as timestamp)) as last_event_at
    from {{ ref('int_survey_month_totals') }}

),

survey_answers as (

    select
        min(answered_at) as first_event_at,
        max(answered_at) as last_event_at
    from {{ ref('int_survey_answers') }}

),

employee_survey_responses as (

    select
        min(cast(answered_on as timestamp)) as first_event_at,
        max(cast(answered_on as timestamp)) as last_event_at
    from {{ ref('int_employee_survey_responses') }}

),

evaluations as (

    select
        min(evaluated_at) as first_event_at,
        max(evaluated_at) as last_event_at
    from {{ ref('int_evaluations') }}

),

spans as (

    select * from source_horizons

    union all

    select * from survey_months

    union all

    select * from survey_answers

    union all

    select * from employee_survey_responses

    union all

    select * from evaluations

),

payroll_months as (

    select * from {{ ref('int_payroll_months') }}

),

-- The records of the personnel office begin earlier than those of the contacts.
horizons as (

    select
        first_event_at,
        last_event_at
    from source_horizons

    union all

    select
        cast(min(month_start_date) as timestamp) as first_event_at,
        cast(max(month_start_date) as timestamp) as last_event_at
    from payroll_months

),

source_dates as (

    select
        cast(
            {{ each_day(
                "date_trunc('year', first_event_at - interval '1' day)",
                "date_trunc('year', last_event_at + interval '1' day)"
                ~ " + interval '1' year - interval '1' day"
            ) }} as date
        ) as date_day
    from horizons

),

-- Sources may share years, and there may be years between them.
dates as (

    select distinct date_day from source_dates

),

dim_date as (

    select
        date_day,
        cast(year(date_day) as int) as calendar_year,
        cast(quarter(date_day) as int) as calendar_quarter,
        cast(month(date_day) as int) as calendar_month,
        {{ month_name('date_day') }} as month_name,
        {{ iso_week('date_day') }} as iso_week,
        {{ iso_weekday('date_day') }} as iso_weekday,
        {{ weekday_name('date_day') }} as weekday_name,
        {{ iso_weekday('date_day') }} >= 6 as is_weekend,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(date_trunc('month', date_day) as date) as month_start_date
    from dates

)

select * from dim_date
