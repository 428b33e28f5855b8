-- One row per date and channel, from the first date on which contacts of it were recorded.
with

queue_days as (

    select * from {{ ref('fact_queue_days') }}

),

dim_date as (

    select * from {{ ref('dim_date') }}

),

last_record as (

    select max(offered_date) as last_date from queue_days

),

channels as (

    select
        channel_key,
        channel_name,
        min(offered_date) as first_date
    from queue_days
    group by channel_key, channel_name

),

offered_per_day as (

    select
        channel_key,
        offered_date,
        cast(sum(offered_count) as bigint) as offered_count
    from queue_days
    group by channel_key, offered_date

),

-- A date without a contact is a quiet one and not one without a value.
channel_days as (

    select
        dim_date.date_day as offered_date,
        dim_date.iso_weekday,
        dim_date.weekday_name,
        dim_date.week_start_date,
        dim_date.month_start_date,
        channels.channel_key,
        channels.channel_name,
        channels.first_date,
        coalesce(offered_per_day.offered_count, 0) as offered_count
    from channels
    cross join last_record
    inner join dim_date
        on
            channels.first_date <= dim_date.date_day
            and last_record.last_date >= dim_date.date_day
    left join offered_per_day
        on
            channels.channel_key = offered_per_day.channel_key
            and dim_date.date_day = offered_per_day.offered_date

),

-- Averages want their whole span; what is expected comes from the eight weeks before the date.
channel_days_with_averages as (

    select
        *,
        case
            when offered_date >= first_date + interval '6' day
                then cast(avg(offered_count) over last_7_days as double)
        end as average_of_7_days,
        case
            when offered_date >= first_date + interval '27' day
                then cast(avg(offered_count) over last_28_days as double)
        end as average_of_28_days,
        case
            when offered_date >= first_date + interval '56' day
                then cast(avg(offered_count) over same_weekday_before as double)
        end as expected_offered_count,
        case
            when offered_date >= first_date + interval '56' day
                then cast(avg(offered_count) over eight_weeks_before as double)
        end as average_of_8_weeks_before
    from channel_days
    window
        last_7_days as (
            partition by channel_key
            order by offered_date
            rows between 6 preceding and current row
        ),
        last_28_days as (
            partition by channel_key
            order by offered_date
            rows between 27 preceding and current row
        ),
        same_weekday_before as (
            partition by channel_key, iso_weekday
            order by offered_date
            rows between 8 preceding and 1 preceding
        ),
        eight_weeks_before as (
            partition by channel_key
            order by offered_date
            rows between 56 preceding and 1 preceding
        )

),

report_volume_trend as (

    select
        this_year.offered_date,
        this_year.iso_weekday,
        this_year.weekday_name,
        this_year.week_start_date,
        this_year.month_start_date,
        this_year.channel_key,
        this_year.channel_name,
        this_year.offered_count,
        this_year.average_of_7_days,
        this_year.average_of_28_days,
        this_year.expected_offered_count,
        this_year.offered_count - this_year.expected_offered_count as offered_over_expected,
        this_year.expected_offered_count
        / nullif(this_year.average_of_8_weeks_before, 0) as weekday_index,
        year_before.offered_count as year_before_offered_count,
        cast(this_year.offered_count - year_before.offered_count as double)
        / nullif(year_before.offered_count, 0) as year_change_rate,
        this_year.average_of_28_days / nullif(year_before.average_of_28_days, 0) - 1
            as year_change_rate_of_28_days
    from channel_days_with_averages as this_year
    -- The same weekday 52 weeks ago.
    left join channel_days_with_averages as year_before
        on
            this_year.channel_key = year_before.channel_key
            and this_year.offered_date = year_before.offered_date + interval '364' day

)

select * from report_volume_trend
