{% macro average_handle_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".handle_known_count = 1 then " ~ v ~ ".handle_seconds end)",
        "sum(" ~ v ~ ".handle_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_talk_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".handle_known_count = 1 then " ~ v ~ ".talk_seconds end)",
        "sum(" ~ v ~ ".handle_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_hold_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".hold_known_count = 1 then " ~ v ~ ".hold_seconds end)",
        "sum(" ~ v ~ ".hold_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_after_contact_work_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".after_contact_work_known_count = 1 then "
        ~ v ~ ".after_contact_work_seconds end)",
        "sum(" ~ v ~ ".after_contact_work_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro transfer_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".transferred_count)",
        "sum(" ~ v ~ ".transfer_known_count)",
        part
    ) }}
{%- endmacro %}
