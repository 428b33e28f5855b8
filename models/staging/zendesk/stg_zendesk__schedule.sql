-- One row per landed row of the intervals of schedules, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'schedule') }}

),

typed_rows as (

    select
        source_instance,
        id as source_schedule_id,
        name as schedule_name,
        time_zone as time_zone_name,
        {{ iana_time_zone('time_zone') }} as time_zone,
        try_cast(start_time as int) as start_minute,
        try_cast(end_time as int) as end_minute,
        {{ utc_from_offset_text('created_at') }} as created_at,
        {{ fivetran_columns({
            'missing_schedule_id': 'id is null',
            'unusable_interval': 'not coalesce(try_cast(start_time as int) < try_cast(end_time as int), false)',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['source_schedule_id', 'start_minute', 'end_minute']) }}
    from typed_rows

),

intervals as (

    select
        source_instance,
        source_schedule_id,
        schedule_name,
        time_zone_name,
        time_zone,
        start_minute,
        end_minute,
        {{ fivetran_fate() }},
        created_at,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from intervals
