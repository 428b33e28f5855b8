{% macro sum_on_last_date(amount, on_date) -%}
    {{ return(adapter.dispatch('sum_on_last_date')(amount, on_date)) }}
{%- endmacro %}

{# One aggregate expression, so that it can be a KPI's; what is listed is one pair per row. #}
{% macro duckdb__sum_on_last_date(amount, on_date) -%}
    list_sum([
        level_row.amount
        for level_row in list(struct_pack(on_date := {{ on_date }}, amount := {{ amount }}))
        if level_row.on_date = max({{ on_date }})
    ])
{%- endmacro %}
