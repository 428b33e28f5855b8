{#
    Both read a row of int_calendar_days of the calendar and local date of the instant; without
    such a row the hours are not known, and the result is NULL.
#}

{#
    Seconds in service hours from the first day of the calendar to the instant: the difference of
    two is the business time between them.
#}
{% macro business_seconds_until(at, calendar_day) -%}
    {{ calendar_day }}.business_seconds_before
    -- The evening before may reach past midnight and past the instant.
    - case
        when {{ calendar_day }}.previous_closes_at > {{ at }}
            then {{ seconds_between(at, calendar_day ~ '.previous_closes_at') }}
        else 0
    end
    + case
        when {{ calendar_day }}.opens_at < {{ at }}
            then {{ seconds_between(
                calendar_day ~ '.opens_at',
                'least(' ~ at ~ ', ' ~ calendar_day ~ '.closes_at)'
            ) }}
        else 0
    end
    - {{ seconds_of_spans_until(calendar_day ~ '.breaks', at) }}
{%- endmacro %}

{# Open from the instant of opening on, closed from the instant of closing on. #}
{% macro is_in_business_hours(at, calendar_day) -%}
    case
        when {{ calendar_day }}.local_date is not null
            then coalesce(
                {{ at }} >= {{ calendar_day }}.opens_at and {{ at }} < {{ calendar_day }}.closes_at
                and not {{ is_in_spans(at, calendar_day ~ '.breaks') }},
                false
            )
            or coalesce({{ at }} < {{ calendar_day }}.previous_closes_at, false)
    end
{%- endmacro %}
