{#
    Rows without log-in evidence have no available time; counting their busy time alone would
    show an agent as occupied all the while, so neither part counts them.
#}
{% macro occupancy_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".available_seconds is not null then " ~ v ~ ".busy_seconds end)",
        "sum(" ~ v ~ ".busy_seconds + " ~ v ~ ".available_seconds)",
        part
    ) }}
{%- endmacro %}
