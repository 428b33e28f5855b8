-- One row per calendar date and kind of period (day, week, month) that it belongs to.
with

dim_date as (

    select * from {{ ref('dim_date') }}

),

source_horizons as (

    select * from {{ ref('int_source_horizons') }}

),

-- A year before is the same weekday 52 weeks ago, so that like is set beside like; of a month it
-- is the month of that name.
periods as (

    select
        date_day,
        'day' as period,
        date_day as period_start_date,
        date_day as period_end_date,
        cast(date_day - interval '1' day as date) as previous_period_start_date,
        cast(date_day - interval '364' day as date) as year_before_start_date
    from dim_date

    union all

    select
        date_day,
        'week' as period,
        week_start_date as period_start_date,
        cast(week_start_date + interval '6' day as date) as period_end_date,
        cast(week_start_date - interval '7' day as date) as previous_period_start_date,
        cast(week_start_date - interval '364' day as date) as year_before_start_date
    from dim_date

    union all

    select
        date_day,
        'month' as period,
        month_start_date as period_start_date,
        cast(month_start_date + interval '1' month - interval '1' day as date) as period_end_date,
        cast(month_start_date - interval '1' month as date) as previous_period_start_date,
        cast(month_start_date - interval '12' month as date) as year_before_start_date
    from dim_date

),

data_end as (

    select {{ reporting_date('max(last_event_at)') }} as last_date from source_horizons

),

dim_period as (

    select
        periods.*,
        periods.period_end_date <= data_end.last_date as is_complete
    from periods
    cross join data_end

)

select * from dim_period
