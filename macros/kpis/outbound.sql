{% macro outbound_abandonment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".campaign_abandoned_count)",
        "sum(" ~ v ~ ".campaign_live_answer_count)",
        part
    ) }}
{%- endmacro %}

{# Persons taken for machines heard nobody either; their number is an estimate, no observation. #}
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

{# Shares over fact_contacts, of a group in all groups of the query or in those of one `within`. #}

{% macro channel_share(v, within=none, part='value') -%}
    {{ kpi_share("sum(" ~ v ~ ".contact_count)", within, part) }}
{%- endmacro %}

{% macro contact_reason_share(v, within=none, part='value') -%}
    {{ kpi_share("sum(" ~ v ~ ".reason_known_count)", within, part) }}
{%- endmacro %}

{% macro direction_share(v, within=none, part='value') -%}
    {{ kpi_share("sum(" ~ v ~ ".inbound_or_outbound_count)", within, part) }}
{%- endmacro %}
