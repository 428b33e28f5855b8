-- One row per schedule of Zendesk and date on which it is closed.
with

holidays as (

    select * from {{ ref('stg_zendesk__schedule_holiday') }}
    where row_status = 'used'

),

holiday_dates as (

    select
        source_instance,
        source_schedule_id,
        holiday_name,
        {{ each_day('first_date', 'last_date') }} as holiday_date
    from holidays

),

-- Holidays may overlap.
calendar_holidays as (

    select
        'zendesk' as source_system,
        source_instance,
        source_schedule_id as calendar_code,
        holiday_date,
        coalesce(min(holiday_name), 'Holiday') as holiday_name
    from holiday_dates
    group by source_instance, source_schedule_id, holiday_date

)

select * from calendar_holidays
