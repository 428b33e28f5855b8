{% macro seconds_between(from_at, to_at) -%}
    {{ return(adapter.dispatch('seconds_between')(from_at, to_at)) }}
{%- endmacro %}

{# From microseconds: date_diff('second') counts boundaries crossed, not time elapsed. #}
{% macro duckdb__seconds_between(from_at, to_at) -%}
    cast(date_diff('microsecond', {{ from_at }}, {{ to_at }}) / 1000000.0 as decimal(18, 3))
{%- endmacro %}

{% macro seconds_after(from_at, seconds) -%}
    {{ return(adapter.dispatch('seconds_after')(from_at, seconds)) }}
{%- endmacro %}

{% macro duckdb__seconds_after(from_at, seconds) -%}
    {{ from_at }} + to_microseconds(cast({{ seconds }} * 1000000 as bigint))
{%- endmacro %}

{% macro quarter_hour(at) -%}
    date_trunc('hour', {{ at }})
    + cast(floor(minute({{ at }}) / 15) * 15 as int) * interval '1' minute
{%- endmacro %}

{% macro is_in_one_quarter_hour(from_at, to_at) -%}
    {{ quarter_hour(from_at) }} >= {{ to_at }} - interval '15' minute
{%- endmacro %}

{% macro each_quarter_hour(from_at, to_at) -%}
    {{ return(adapter.dispatch('each_quarter_hour')(from_at, to_at)) }}
{%- endmacro %}

{% macro duckdb__each_quarter_hour(from_at, to_at) -%}
    unnest(generate_series({{ from_at }}, {{ to_at }}, interval 15 minute))
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

{% macro utc_to_local(utc_at, time_zone) -%}
    {{ return(adapter.dispatch('utc_to_local')(utc_at, time_zone)) }}
{%- endmacro %}

{% macro duckdb__utc_to_local(utc_at, time_zone) -%}
    (({{ utc_at }}) at time zone 'UTC' at time zone {{ time_zone }})
{%- endmacro %}

{% macro local_to_utc(local_at, time_zone) -%}
    {{ return(adapter.dispatch('local_to_utc')(local_at, time_zone)) }}
{%- endmacro %}

{#
    In the hour that daylight saving repeats, the earlier instant is taken: engines differ on it,
    and an hour before the later instant the clock shows the same time.
#}
{% macro duckdb__local_to_utc(local_at, time_zone) -%}
    {%- set utc_at = "(" ~ local_at ~ " at time zone " ~ time_zone ~ " at time zone 'UTC')" -%}
    case
        when {{ utc_to_local(utc_at ~ " - interval '1' hour", time_zone) }} = {{ local_at }}
            then {{ utc_at }} - interval '1' hour
        else {{ utc_at }}
    end
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

{% macro reporting_date(utc_at) -%}
    cast({{ utc_to_local(utc_at, "'" ~ var('reporting_timezone') ~ "'") }} as date)
{%- endmacro %}

{# The last value that is not NULL, so far; to be followed by `over`. #}
{% macro last_known(value) -%}
    {{ return(adapter.dispatch('last_known')(value)) }}
{%- endmacro %}

{% macro duckdb__last_known(value) -%}
    last_value({{ value }} ignore nulls)
{%- endmacro %}
