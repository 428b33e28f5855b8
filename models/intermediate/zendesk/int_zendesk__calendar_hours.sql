-- One row per schedule of Zendesk, weekday and opening.
with

intervals as (

    select * from {{ ref('stg_zendesk__schedule') }}
    where row_status = 'used'

),

calendars as (

    select * from {{ ref('int_zendesk__calendars') }}

),

-- Minutes count from Sunday 00:00.
opening_days as (

    select
        *,
        cast(floor(start_minute / 1440.0) as int) as first_day,
        cast(floor((end_minute - 1) / 1440.0) as int) as last_day
    from intervals

),

week_days as (

    {% for number in range(7) -%}
        select {{ number }} as day_number
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

-- A night belongs to the day on which it begins; what is open for longer is cut at midnight.
day_openings as (

    select
        opening_days.source_instance,
        opening_days.source_schedule_id,
        week_days.day_number,
        greatest(opening_days.start_minute - 1440 * week_days.day_number, 0) as opens_minute,
        case
            when opening_days.end_minute - opening_days.start_minute < 1440
                then opening_days.end_minute - 1440 * week_days.day_number
            else least(opening_days.end_minute - 1440 * week_days.day_number, 1440)
        end as closes_minute
    from opening_days
    inner join week_days
        on
            opening_days.first_day <= week_days.day_number
            and opening_days.last_day >= week_days.day_number
            and (
                opening_days.end_minute - opening_days.start_minute >= 1440
                or opening_days.first_day = week_days.day_number
            )

),

calendar_hours as (

    select
        calendars.source_system,
        calendars.source_instance,
        calendars.calendar_code,
        case day_openings.day_number when 0 then 7 else day_openings.day_number end
            as iso_weekday,
        {{ clock_text('day_openings.opens_minute') }} as opens_at,
        case
            when day_openings.closes_minute > 1440
                then {{ clock_text('day_openings.closes_minute - 1440') }}
            else {{ clock_text('day_openings.closes_minute') }}
        end as closes_at,
        date '1900-01-01' as valid_from,
        date '9999-12-31' as valid_to
    from day_openings
    inner join calendars
        on
            day_openings.source_instance = calendars.source_instance
            and day_openings.source_schedule_id = calendars.calendar_code

)

select * from calendar_hours
