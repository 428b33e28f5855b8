{% macro containment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".contained_count)",
        "sum(" ~ v ~ ".session_count)",
        part
    ) }}
{%- endmacro %}
