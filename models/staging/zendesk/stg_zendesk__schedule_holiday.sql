-- One row per landed row of the holidays of schedules, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'schedule_holiday') }}

),

typed_rows as (

    select
        source_instance,
        id as source_holiday_id,
        schedule_id as source_schedule_id,
        name as holiday_name,
        try_cast(start_date as date) as first_date,
        try_cast(end_date as date) as last_date,
        {{ fivetran_columns({
            'missing_holiday_id': 'id is null',
            'missing_schedule_id': 'schedule_id is null',
            'unusable_dates': 'not coalesce(try_cast(start_date as date) <= try_cast(end_date as date), false)',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_holiday_id']) }}
    from typed_rows

),

holidays as (

    select
        source_instance,
        source_holiday_id,
        source_schedule_id,
        holiday_name,
        first_date,
        last_date,
        {{ fivetran_fate() }},
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from holidays
