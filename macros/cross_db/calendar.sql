{% macro each_day(from_at, to_at) -%}
    {{ return(adapter.dispatch('each_day')(from_at, to_at)) }}
{%- endmacro %}

{% macro duckdb__each_day(from_at, to_at) -%}
    cast(unnest(generate_series(
        cast({{ from_at }} as date), cast({{ to_at }} as date), interval 1 day
    )) as date)
{%- endmacro %}

{% macro spark__each_day(from_at, to_at) -%}
    {{ exploded_sequence(from_at, to_at, 'date', 'interval 1 day') }}
{%- endmacro %}

{% macro month_name(date_day) -%}
    {{ return(adapter.dispatch('month_name')(date_day)) }}
{%- endmacro %}

{% macro duckdb__month_name(date_day) -%}
    monthname({{ date_day }})
{%- endmacro %}

{% macro spark__month_name(date_day) -%}
    date_format({{ date_day }}, 'MMMM')
{%- endmacro %}

{% macro weekday_name(date_day) -%}
    {{ return(adapter.dispatch('weekday_name')(date_day)) }}
{%- endmacro %}

{% macro duckdb__weekday_name(date_day) -%}
    dayname({{ date_day }})
{%- endmacro %}

{% macro spark__weekday_name(date_day) -%}
    date_format({{ date_day }}, 'EEEE')
{%- endmacro %}

{% macro iso_week(date_day) -%}
    {{ return(adapter.dispatch('iso_week')(date_day)) }}
{%- endmacro %}

{% macro duckdb__iso_week(date_day) -%}
    strftime({{ date_day }}, '%G-W%V')
{%- endmacro %}

{% macro spark__iso_week(date_day) -%}
    concat(
        extract(yearofweek from {{ date_day }}),
        '-W',
        lpad(cast(weekofyear({{ date_day }}) as string), 2, '0')
    )
{%- endmacro %}

{# 1 is Monday; engines number weekdays differently. #}
{% macro iso_weekday(at) -%}
    {{ return(adapter.dispatch('iso_weekday')(at)) }}
{%- endmacro %}

{% macro duckdb__iso_weekday(at) -%}
    cast(isodow({{ at }}) as int)
{%- endmacro %}

{% macro spark__iso_weekday(at) -%}
    (weekday({{ at }}) + 1)
{%- endmacro %}

{# 2026-11-01 01:30-04:00: the local time with its offset, which tells the repeated hour apart. #}
{% macro offset_label(utc_at, local_at) -%}
    {{ return(adapter.dispatch('offset_label')(utc_at, local_at)) }}
{%- endmacro %}

{% macro duckdb__offset_label(utc_at, local_at) -%}
    strftime({{ local_at }}, '%Y-%m-%d %H:%M')
    || case when {{ local_at }} < {{ utc_at }} then '-' else '+' end
    || strftime(
        timestamp '2000-01-01'
        + abs(date_diff('minute', {{ utc_at }}, {{ local_at }})) * interval 1 minute,
        '%H:%M'
    )
{%- endmacro %}

{% macro spark__offset_label(utc_at, local_at) -%}
    date_format({{ local_at }}, 'yyyy-MM-dd HH:mm')
    || case when {{ local_at }} < {{ utc_at }} then '-' else '+' end
    || {{ clock_text('abs(timestampdiff(minute, ' ~ utc_at ~ ', ' ~ local_at ~ '))') }}
{%- endmacro %}

{# '08:30' is 510: minutes since midnight of a time of day written HH:MM, 24:00 allowed. #}
{% macro minute_of_day(clock_text) -%}
    cast(substr({{ clock_text }}, 1, 2) as int) * 60 + cast(substr({{ clock_text }}, 4, 2) as int)
{%- endmacro %}

{# 510 is '08:30', and 1440 is '24:00'. #}
{% macro clock_text(minute) -%}
    lpad(cast(cast(floor(({{ minute }}) / 60.0) as int) as string), 2, '0')
    || ':' || lpad(cast(({{ minute }}) % 60 as string), 2, '0')
{%- endmacro %}
