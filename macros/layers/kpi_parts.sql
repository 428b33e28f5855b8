{#
    A KPI that is a ratio: its value, or one of its parts, so that a report can add parts up.
    An empty denominator gives NULL: nothing happened, which is neither 0 % nor 100 %.
#}
{% macro kpi_ratio(numerator, denominator, part) -%}
    {%- if part == 'value' -%}
        cast({{ numerator }} as double) / nullif({{ denominator }}, 0)
    {%- elif part == 'numerator' -%}
        cast({{ numerator }} as double)
    {%- elif part == 'denominator' -%}
        cast({{ denominator }} as double)
    {%- else -%}
        {{ exceptions.raise_compiler_error(
            "part is '" ~ part ~ "'; it may be value, numerator or denominator."
        ) }}
    {%- endif -%}
{%- endmacro %}
