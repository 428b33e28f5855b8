{#
    Below -2 s or longer than a day a duration is impossible: NULL; messages and tickets may take 30
    days. Between -2 s and 0 it is rounding: 0.
#}
{% macro usable_seconds(seconds, longest=86400) -%}
    case
        when {{ seconds }} between -2 and 0 then 0
        when {{ seconds }} between 0 and {{ longest }} then {{ seconds }}
    end
{%- endmacro %}

{% macro duration_flag(seconds, name, longest=86400) -%}
    case
        when {{ seconds }} < -2 then 'negative_{{ name }}'
        when {{ seconds }} < 0 then 'rounded_{{ name }}'
        when {{ seconds }} > {{ longest }} then 'absurd_{{ name }}'
    end
{%- endmacro %}

{# A measured duration wins over its timestamps while they agree to 2 s; else these hold. #}
{% macro measured_or_elapsed_seconds(measured, elapsed, longest=86400) -%}
    case
        when {{ measured }} is null then {{ usable_seconds(elapsed, longest) }}
        when {{ measured }} < -2 or {{ measured }} > {{ longest }} then null
        when {{ elapsed }} is null or abs({{ measured }} - {{ elapsed }}) <= 2
            then {{ usable_seconds(measured, longest) }}
        else {{ usable_seconds(elapsed, longest) }}
    end
{%- endmacro %}

{% macro disagreement_flag(measured, elapsed, name, longest=86400) -%}
    case
        when {{ measured }} between -2 and {{ longest }} and abs({{ measured }} - {{ elapsed }}) > 2
            then '{{ name }}_differs_from_timestamps'
    end
{%- endmacro %}

{% macro seconds_where(condition, seconds) -%}
    cast(case when {{ condition }} then {{ seconds }} else 0 end as decimal(18, 3))
{%- endmacro %}

{% macro sum_seconds(condition) -%}
    cast(sum(seconds) filter (where {{ condition }}) as decimal(18, 3))
{%- endmacro %}

{# A text that is there and is no number: its value is unknown, and the row says so. #}
{% macro unreadable_flag(seconds_text, name) -%}
    case
        when
            {{ seconds_text }} is not null
            and try_cast({{ seconds_text }} as decimal(18, 3)) is null
            then 'unreadable_{{ name }}'
    end
{%- endmacro %}
