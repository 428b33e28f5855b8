-- One row per time zone that Zendesk names, with its name in the time-zone database.
with

intervals as (

    select * from {{ ref('stg_zendesk__schedule') }}
    where row_status = 'used'

),

landed_zones as (

    select * from {{ ref('stg_zendesk__time_zone') }}
    where row_status = 'used'

),

daylight_times as (

    select * from {{ ref('stg_zendesk__daylight_time') }}
    where row_status = 'used' and starts_at is not null and ends_at is not null

),

known_zones as (

    select
        source_instance,
        time_zone_name,
        time_zone
    from intervals
    where time_zone_name is not null

    union

    select
        source_instance,
        time_zone_name,
        time_zone
    from landed_zones

),

parted_offsets as (

    select
        *,
        case when standard_offset like '-%' then -1 else 1 end as direction,
        {{ split_fields("ltrim(standard_offset, '+-')", ':') }} as parts
    from landed_zones

),

-- What the source says its clocks show: +05:30 and -08:00 are 330 and -480 minutes.
standard_offsets as (

    select
        source_instance,
        time_zone_name,
        direction * (
            60 * try_cast({{ field_text('parts', 0) }} as int)
            + try_cast({{ field_text('parts', 1) }} as int)
        ) as standard_minutes
    from parted_offsets

),

-- A week after the clocks went forward, and a week after they went back.
checked_instants as (

    select
        known_zones.*,
        daylight_times.starts_at + interval '7' day as checked_at,
        standard_offsets.standard_minutes + 60 * daylight_times.offset_hours as minutes_from_utc
    from known_zones
    inner join standard_offsets
        on
            known_zones.source_instance = standard_offsets.source_instance
            and known_zones.time_zone_name = standard_offsets.time_zone_name
    inner join daylight_times
        on
            known_zones.source_instance = daylight_times.source_instance
            and known_zones.time_zone_name = daylight_times.time_zone_name

    union all

    select
        known_zones.*,
        daylight_times.ends_at + interval '7' day as checked_at,
        standard_offsets.standard_minutes as minutes_from_utc
    from known_zones
    inner join standard_offsets
        on
            known_zones.source_instance = standard_offsets.source_instance
            and known_zones.time_zone_name = standard_offsets.time_zone_name
    inner join daylight_times
        on
            known_zones.source_instance = daylight_times.source_instance
            and known_zones.time_zone_name = daylight_times.time_zone_name

),

checked_zones as (

    select
        source_instance,
        time_zone_name,
        bool_and(
            {{ seconds_between('checked_at', utc_to_local('checked_at', 'time_zone')) }}
            = 60 * minutes_from_utc
        ) as is_confirmed
    from checked_instants
    where time_zone is not null
    group by source_instance, time_zone_name

),

time_zones as (

    select
        known_zones.*,
        checked_zones.is_confirmed
    from known_zones
    left join checked_zones
        on
            known_zones.source_instance = checked_zones.source_instance
            and known_zones.time_zone_name = checked_zones.time_zone_name

)

select * from time_zones
