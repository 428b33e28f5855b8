{% macro outbound_abandonment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".campaign_abandoned_count)",
        "sum(" ~ v ~ ".campaign_live_answer_count)",
        part
    ) }}
{%- endmacro %}

{# Persons taken for machines heard nobody either; their number is an estimate, so no observation. #}
{% macro outbound_abandonment_with_false_positives(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".campaign_abandoned_count + " ~ v ~ ".estimated_false_positive_count)",
        "sum(" ~ v ~ ".campaign_live_answer_count + " ~ v ~ ".estimated_false_positive_count)",
        part,
        "sum(" ~ v ~ ".campaign_live_answer_count)"
    ) }}
{%- endmacro %}

{% macro connect_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".campaign_connected_count)",
        "sum(" ~ v ~ ".campaign_attempt_count)",
        part
    ) }}
{%- endmacro %}

{% macro right_party_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".right_party_count)",
        "sum(" ~ v ~ ".right_party_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro conversion_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".converted_count)",
        "sum(" ~ v ~ ".conversion_known_count)",
        part
    ) }}
{%- endmacro %}
