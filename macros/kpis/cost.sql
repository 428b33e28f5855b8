{# Amounts of several currencies are no sum, and the same contacts stand beside each of them. #}
{% macro cost_per_contact(v, part='value') -%}
    {{ kpi_ratio(
        of_one(v, 'currency_code', "sum(" ~ v ~ ".amount)"),
        of_one(v, 'currency_code', "sum(" ~ v ~ ".contact_count)"),
        part
    ) }}
{%- endmacro %}

{# Contacts that nobody judged are taken to be resolved as often as those that somebody did. #}
{% macro cost_per_resolution(v, part='value') -%}
    {%- set resolved_contacts = "cast(sum(" ~ v ~ ".judged_month_contact_count) as double) * sum("
        ~ v ~ ".resolved_count) / nullif(sum(" ~ v ~ ".resolved_known_count), 0)" -%}
    {{ kpi_ratio(
        of_one(v, 'currency_code', "sum(" ~ v ~ ".judged_month_amount)"),
        of_one(v, 'currency_code', resolved_contacts),
        part,
        of_one(v, 'currency_code', "sum(" ~ v ~ ".resolved_count)")
    ) }}
{%- endmacro %}
