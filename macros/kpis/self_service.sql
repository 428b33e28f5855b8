{% macro containment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".contained_count)",
        "sum(" ~ v ~ ".session_count)",
        part
    ) }}
{%- endmacro %}

{% macro true_containment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".truly_contained_count)",
        "sum(" ~ v ~ ".true_containment_eligible_count)",
        part
    ) }}
{%- endmacro %}

{% macro self_service_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".self_served_count)",
        "sum(" ~ v ~ ".self_served_count + " ~ v ~ ".assisted_count)",
        part
    ) }}
{%- endmacro %}
