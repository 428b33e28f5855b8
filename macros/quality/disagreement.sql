{# Measured duration and timestamps that differ by more than 2 s: the timestamps were believed. #}
{% macro disagreement_flag(measured, elapsed, name) -%}
    case
        when
            {{ measured }} between -2 and 86400 and abs({{ measured }} - {{ elapsed }}) > 2
            then '{{ name }}_differs_from_timestamps'
    end
{%- endmacro %}
