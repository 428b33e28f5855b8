-- One row per calendar date, whole years around the data.
with

dates as (

    select * from {{ ref('int_calendar_dates') }}

),

-- The ISO week belongs to the year of its Thursday; the fiscal year to the one in which it ends.
dates_with_calendars as (

    select
        *,
        date_trunc('week', date_day) + interval '3' day as thursday,
        cast(
            (month(date_day) - {{ number_of('fiscal_year_start_month') }} + 12) % 12 as int
        ) as months_into_fiscal_year
    from dates

),

dates_with_weeks as (

    select
        *,
        cast(year(thursday) as int) as iso_year,
        cast(floor((dayofyear(thursday) - 1) / 7) as int) + 1 as iso_week_number
    from dates_with_calendars

),

dim_date as (

    select
        date_day,
        cast(year(date_day) as int) as calendar_year,
        cast(quarter(date_day) as int) as calendar_quarter,
        cast(month(date_day) as int) as calendar_month,
        {{ month_name('date_day') }} as month_name,
        {{ iso_week('date_day') }} as iso_week,
        iso_year,
        iso_week_number,
        {{ iso_weekday('date_day') }} as iso_weekday,
        {{ weekday_name('date_day') }} as weekday_name,
        {{ iso_weekday('date_day') }} >= 6 as is_weekend,
        cast(
            year(
                date_day
                - months_into_fiscal_year * interval '1' month
                + interval '11' month
            ) as int
        ) as fiscal_year,
        cast(floor(months_into_fiscal_year / 3) as int) + 1 as fiscal_quarter,
        months_into_fiscal_year + 1 as fiscal_month,
        -- 13 periods of 4 weeks; the last one takes a 53rd week.
        iso_year as four_week_year,
        least(cast(floor((iso_week_number - 1) / 4) as int) + 1, 13) as four_week_period,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(date_trunc('month', date_day) as date) as month_start_date
    from dates_with_weeks

)

select * from dim_date
