-- One row per calendar date, whole years around the data.
with

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

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
