{% macro first_contact_resolution(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".first_contact_resolved_count)",
        "sum(" ~ v ~ ".first_contact_resolution_eligible_count)",
        part
    ) }}
{%- endmacro %}

{% macro repeat_contact_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".repeat_count)",
        "sum(" ~ v ~ ".repeat_eligible_count)",
        part
    ) }}
{%- endmacro %}
