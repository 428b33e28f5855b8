{% macro cost_per_contact(v, part='value') -%}
    {{ kpi_ratio(
        of_one_currency(v, "sum(" ~ v ~ ".amount)"),
        of_one_currency(v, "sum(" ~ v ~ ".contact_count)"),
        part
    ) }}
{%- endmacro %}

{# Contacts that nobody judged are taken to be resolved as often as those that somebody did. #}
{% macro cost_per_resolution(v, part='value') -%}
    {%- set resolved_contacts = "cast(sum(" ~ v ~ ".judged_month_contact_count) as double) * sum("
        ~ v ~ ".resolved_count) / nullif(sum(" ~ v ~ ".resolved_known_count), 0)" -%}
    {{ kpi_ratio(
        of_one_currency(v, "sum(" ~ v ~ ".judged_month_amount)"),
        of_one_currency(v, resolved_contacts),
        part,
        of_one_currency(v, "sum(" ~ v ~ ".resolved_count)")
    ) }}
{%- endmacro %}

{# Amounts of several currencies are no sum, and the same contacts stand beside each of them. #}
{% macro of_one_currency(v, amount) -%}
    case when count(distinct {{ v }}.currency_code) = 1 then {{ amount }} end
{%- endmacro %}
