{#
    For sources that write times of day without a date. All arguments are timestamps on one local
    clock, put on the date of the call to begin with.
#}

{# The day is the one that brings the time nearest to its anchor. #}
{% macro nearest_to(anchor_at, clock_at) -%}
    case
        when {{ clock_at }} < {{ anchor_at }} - interval '12' hour
            then {{ clock_at }} + interval '1' day
        when {{ clock_at }} > {{ anchor_at }} + interval '12' hour
            then {{ clock_at }} - interval '1' day
        else {{ clock_at }}
    end
{%- endmacro %}

{# An end before its start is on the next day when the measured duration agrees to 2 s. #}
{% macro elapsed_on_clock(start_clock_at, end_clock_at, measured_seconds) -%}
    {%- set same_day = seconds_between(start_clock_at, end_clock_at) -%}
    {%- set next_day = seconds_between(start_clock_at, end_clock_at ~ " + interval '1' day") -%}
    case
        when {{ same_day }} < 0 and abs({{ next_day }} - {{ measured_seconds }}) <= 2
            then {{ next_day }}
        else {{ same_day }}
    end
{%- endmacro %}

{# The end that start and duration give; without a duration the clock's, unless it is earlier. #}
{% macro end_on_clock(start_at, end_clock_at, seconds) -%}
    case
        when {{ seconds }} is not null then {{ seconds_after(start_at, seconds) }}
        when {{ nearest_to(start_at, end_clock_at) }} >= {{ start_at }}
            then {{ nearest_to(start_at, end_clock_at) }}
    end
{%- endmacro %}
