
{# TODO: check the two columns; anything but a ratio calls kpi_amount. #}
{% macro $name(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".$numerator)",
        "sum(" ~ v ~ ".$denominator)",
        part
    ) }}
{%- endmacro %}
