-- One row per landed row of the time zones, used or not.
with

landed_rows as (

    select * from {{ landed_rows('zendesk', 'time_zone') }}

),

typed_rows as (

    select
        source_instance,
        time_zone as time_zone_name,
        {{ iana_time_zone('time_zone') }} as time_zone,
        standard_offset,
        {{ fivetran_columns({
            'missing_time_zone': 'time_zone is null',
        }) }},
        source_file,
        source_row
    from landed_rows

),

ranked_rows as (

    select
        *,
        {{ fivetran_versions(['time_zone_name']) }}
    from typed_rows

),

time_zones as (

    select
        source_instance,
        time_zone_name,
        time_zone,
        standard_offset,
        {{ fivetran_fate(is_directory=true) }},
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_rows

)

select * from time_zones
