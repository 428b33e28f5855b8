{% macro seconds_between(from_at, to_at) -%}
    {{ return(adapter.dispatch('seconds_between')(from_at, to_at)) }}
{%- endmacro %}

{# From microseconds: date_diff('second') counts boundaries crossed, not time elapsed. #}
{% macro duckdb__seconds_between(from_at, to_at) -%}
    cast(date_diff('microsecond', {{ from_at }}, {{ to_at }}) / 1000000.0 as decimal(18, 3))
{%- endmacro %}

{% macro spark__seconds_between(from_at, to_at) -%}
    cast(timestampdiff(microsecond, {{ from_at }}, {{ to_at }}) / 1000000.0 as decimal(18, 3))
{%- endmacro %}

{% macro seconds_after(from_at, seconds) -%}
    {{ return(adapter.dispatch('seconds_after')(from_at, seconds)) }}
{%- endmacro %}

{% macro duckdb__seconds_after(from_at, seconds) -%}
    {{ from_at }} + to_microseconds(cast({{ seconds }} * 1000000 as bigint))
{%- endmacro %}

{% macro spark__seconds_after(from_at, seconds) -%}
    {{ from_at }} + make_dt_interval(0, 0, 0, cast({{ seconds }} as decimal(18, 6)))
{%- endmacro %}

{% macro quarter_hour(at) -%}
    cast(date_trunc('hour', {{ at }}) as timestamp)
    + cast(floor(minute({{ at }}) / 15) * 15 as int) * interval '1' minute
{%- endmacro %}

{% macro each_quarter_hour(from_at, to_at) -%}
    {{ return(adapter.dispatch('each_quarter_hour')(from_at, to_at)) }}
{%- endmacro %}

{% macro duckdb__each_quarter_hour(from_at, to_at) -%}
    unnest(generate_series({{ from_at }}, {{ to_at }}, interval 15 minute))
{%- endmacro %}

{% macro spark__each_quarter_hour(from_at, to_at) -%}
    {{ exploded_sequence(from_at, to_at, 'timestamp', 'interval 15 minutes') }}
{%- endmacro %}

{# A row per step from one value to the other, none where the first is the greater one. #}
{% macro exploded_sequence(from_value, to_value, data_type, step) -%}
    {%- set first = 'cast(' ~ from_value ~ ' as ' ~ data_type ~ ')' -%}
    {%- set last = 'cast(' ~ to_value ~ ' as ' ~ data_type ~ ')' -%}
    explode(
        case when {{ first }} <= {{ last }} then sequence({{ first }}, {{ last }}, {{ step }}) end
    )
{%- endmacro %}

{% macro utc_from_offset_text(value) -%}
    {{ return(adapter.dispatch('utc_from_offset_text')(value)) }}
{%- endmacro %}

{#
    A direct cast to timestamp would drop the offset in silence. Snowflake writes a blank before it,
    which only texts that do not read without it are asked for.
#}
{% macro duckdb__utc_from_offset_text(value) -%}
    coalesce(
        try_cast({{ value }} as timestamptz),
        try_cast(
            replace(replace(replace({{ value }}, ' +', '+'), ' -', '-'), ' Z', 'Z') as timestamptz
        )
    ) at time zone 'UTC'
{%- endmacro %}

{# Spark reads a year, a month or a time of day alone as a timestamp too; DuckDB wants a date. #}
{% macro spark__utc_from_offset_text(value) -%}
    case
        when regexp_like({{ value }}, '^ *[0-9]{4,6}-[0-9]{1,2}-[0-9]{1,2}')
            then cast(
                coalesce(
                    try_cast({{ value }} as timestamp_ltz),
                    try_cast(
                        replace(replace(replace({{ value }}, ' +', '+'), ' -', '-'), ' Z', 'Z')
                        as timestamp_ltz
                    )
                ) as timestamp_ntz
            )
    end
{%- endmacro %}

{# A date written as text; NULL where the text is none, or a year or month alone. #}
{% macro date_of_text(text) -%}
    {{ return(adapter.dispatch('date_of_text')(text)) }}
{%- endmacro %}

{% macro duckdb__date_of_text(text) -%}
    try_cast({{ text }} as date)
{%- endmacro %}

{# Spark reads a year or month alone as well, and whatever stands behind a date. #}
{% macro spark__date_of_text(text) -%}
    case
        when
            regexp_like({{ text }}, '^ *[0-9]{4,6}-[0-9]{1,2}-[0-9]{1,2}')
            and try_cast({{ text }} as timestamp_ltz) is not null
            then try_cast({{ text }} as date)
    end
{%- endmacro %}

{% macro utc_to_local(utc_at, time_zone) -%}
    {{ return(adapter.dispatch('utc_to_local')(utc_at, time_zone)) }}
{%- endmacro %}

{% macro duckdb__utc_to_local(utc_at, time_zone) -%}
    (({{ utc_at }}) at time zone 'UTC' at time zone {{ time_zone }})
{%- endmacro %}

{% macro spark__utc_to_local(utc_at, time_zone) -%}
    convert_timezone('UTC', {{ time_zone }}, {{ utc_at }})
{%- endmacro %}

{#
    In the hour that daylight saving repeats, the earlier instant is taken: engines differ on it,
    and an hour before the later instant the clock shows the same time; half an hour on Lord Howe
    Island.
#}
{% macro local_to_utc(local_at, time_zone) -%}
    {%- set utc_at = one_of_utc(local_at, time_zone) -%}
    case
        when {{ utc_to_local(utc_at ~ " - interval '1' hour", time_zone) }} = {{ local_at }}
            then {{ utc_at }} - interval '1' hour
        when {{ utc_to_local(utc_at ~ " - interval '30' minute", time_zone) }} = {{ local_at }}
            then {{ utc_at }} - interval '30' minute
        else {{ utc_at }}
    end
{%- endmacro %}

{# An instant at which the local clock shows this time; of two, the one that the engine likes. #}
{% macro one_of_utc(local_at, time_zone) -%}
    {{ return(adapter.dispatch('one_of_utc')(local_at, time_zone)) }}
{%- endmacro %}

{% macro duckdb__one_of_utc(local_at, time_zone) -%}
    ({{ local_at }} at time zone {{ time_zone }} at time zone 'UTC')
{%- endmacro %}

{% macro spark__one_of_utc(local_at, time_zone) -%}
    convert_timezone({{ time_zone }}, 'UTC', {{ local_at }})
{%- endmacro %}

{# Whether a text is a name of the time-zone database, such as America/New_York or UTC. #}
{% macro is_time_zone(text) -%}
    {{ return(adapter.dispatch('is_time_zone')(text)) }}
{%- endmacro %}

{% macro duckdb__is_time_zone(text) -%}
    {{ text }} in (
        select name from pg_timezone_names()
        where name = 'UTC' or (name like '%/%' and name not like 'Etc/%')
    )
{%- endmacro %}

{# Spark has no list of them, but reads a time with the name of a zone behind it. #}
{% macro spark__is_time_zone(text) -%}
    case
        when {{ text }} = 'UTC' or ({{ text }} like '%/%' and {{ text }} not like 'Etc/%')
            then try_cast(concat('2000-01-01 00:00:00 ', {{ text }}) as timestamp_ltz) is not null
        when {{ text }} is not null then false
    end
{%- endmacro %}

{% macro reporting_date(utc_at) -%}
    cast({{ utc_to_local(utc_at, text_of('reporting_timezone')) }} as date)
{%- endmacro %}

{# The last value that is not NULL, so far; to be followed by `over`. #}
{% macro last_known(value) -%}
    {{ return(adapter.dispatch('last_known')(value)) }}
{%- endmacro %}

{% macro duckdb__last_known(value) -%}
    last_value({{ value }} ignore nulls)
{%- endmacro %}

{% macro spark__last_known(value) -%}
    last_value({{ value }}) ignore nulls
{%- endmacro %}

{# The first value of all that is not NULL; to be followed by `over` a window of all rows. #}
{% macro first_known(value) -%}
    {{ return(adapter.dispatch('first_known')(value)) }}
{%- endmacro %}

{% macro duckdb__first_known(value) -%}
    first_value({{ value }} ignore nulls)
{%- endmacro %}

{% macro spark__first_known(value) -%}
    first_value({{ value }}) ignore nulls
{%- endmacro %}
