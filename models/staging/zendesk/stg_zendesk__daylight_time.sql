-- One row per landed row of the years of daylight saving, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'daylight_time') }}

),

typed_rows as (

    select
        source_instance,
        time_zone as time_zone_name,
        try_cast(year as int) as calendar_year,
        try_cast(daylight_offset as decimal(6, 2)) as offset_hours,
        {{ utc_from_offset_text('daylight_start_utc') }} as starts_at,
        {{ utc_from_offset_text('daylight_end_utc') }} as ends_at,
        {{ fivetran_columns({
            'missing_time_zone': 'time_zone is null',
            'unusable_year': 'try_cast(year as int) is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['time_zone_name', 'calendar_year']) }}
    from typed_rows

),

daylight_times as (

    select
        source_instance,
        time_zone_name,
        calendar_year,
        offset_hours,
        {{ fivetran_fate(is_directory=true) }},
        starts_at,
        ends_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from daylight_times
