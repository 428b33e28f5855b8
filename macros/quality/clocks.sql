{#
    For sources that write times of day without a date. A clock_at is a timestamp on one local
    clock, put on the date of the call to begin with; every other timestamp is UTC, and so is all
    arithmetic: across a clock change two local times are not as far apart as they look.
#}

{# The hour that the end of daylight saving repeats; local_to_utc takes its earlier instant. #}
{% macro is_repeated_time(clock_at, time_zone) -%}
    {%- set later_at = local_to_utc(clock_at, time_zone) ~ " + interval '1' hour" -%}
    {{ utc_to_local(later_at, time_zone) }} = {{ clock_at }}
{%- endmacro %}

{# The day, and in a repeated hour the instant, is the one that brings the time nearest. #}
{% macro nearest_to(anchor_at, clock_at, time_zone) -%}
    {%- set same_day = "(" ~ local_to_utc(clock_at, time_zone) ~ ")" -%}
    case
        when {{ same_day }} < {{ anchor_at }} - interval '12' hour
            then {{ local_to_utc("(" ~ clock_at ~ " + interval '1' day)", time_zone) }}
        when {{ same_day }} > {{ anchor_at }} + interval '12' hour
            then {{ local_to_utc("(" ~ clock_at ~ " - interval '1' day)", time_zone) }}
        when
            {{ same_day }} < {{ anchor_at }} - interval '30' minute
            and {{ is_repeated_time(clock_at, time_zone) }}
            then {{ same_day }} + interval '1' hour
        else {{ same_day }}
    end
{%- endmacro %}

{#
    An end before its start is on the next day, and a time of a repeated hour is the later one of
    the two, when the measured duration agrees to 2 s.
#}
{% macro elapsed_on_clock(start_clock_at, end_clock_at, measured_seconds, time_zone) -%}
    {%- set hour = " + interval '1' hour" -%}
    {%- set start_at = local_to_utc(start_clock_at, time_zone) -%}
    {%- set end_at = local_to_utc(end_clock_at, time_zone) -%}
    {%- set next_end_at = local_to_utc("(" ~ end_clock_at ~ " + interval '1' day)", time_zone) -%}
    {%- set same_day = seconds_between(start_at, end_at) -%}
    {%- set next_day = seconds_between(start_at, next_end_at) -%}
    {%- set from_later_start = seconds_between(start_at ~ hour, end_at) -%}
    {%- set to_later_end = seconds_between(start_at, end_at ~ hour) -%}
    case
        when {{ same_day }} < 0 and abs({{ next_day }} - {{ measured_seconds }}) <= 2
            then {{ next_day }}
        when
            abs({{ from_later_start }} - {{ measured_seconds }}) <= 2
            and {{ is_repeated_time(start_clock_at, time_zone) }}
            then {{ from_later_start }}
        when
            abs({{ to_later_end }} - {{ measured_seconds }}) <= 2
            and {{ is_repeated_time(end_clock_at, time_zone) }}
            then {{ to_later_end }}
        else {{ same_day }}
    end
{%- endmacro %}

{# The end that start and duration give; without a duration the clock's, unless it is earlier. #}
{% macro end_on_clock(start_at, end_clock_at, seconds, time_zone) -%}
    {%- set clock_end_at = nearest_to(start_at, end_clock_at, time_zone) -%}
    case
        when {{ seconds }} is not null then {{ seconds_after(start_at, seconds) }}
        when {{ clock_end_at }} >= {{ start_at }} then {{ clock_end_at }}
    end
{%- endmacro %}
