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

{% macro spark__sum_on_last_date(amount, on_date) -%}
    aggregate(
        filter(
            collect_list(named_struct('on_date', {{ on_date }}, 'amount', {{ amount }})),
            level_row -> level_row.on_date = max({{ on_date }})
        ),
        cast(null as decimal(38, 3)),
        (total, level_row) -> cast(
            coalesce(total + level_row.amount, total, level_row.amount) as decimal(38, 3)
        )
    )
{%- endmacro %}

{# The value of the row in which `at` is greatest, among those where the value is not NULL. #}
{% macro value_at_last(value, at) -%}
    {{ return(adapter.dispatch('value_at_last')(value, at)) }}
{%- endmacro %}

{% macro duckdb__value_at_last(value, at) -%}
    max_by({{ value }}, {{ at }})
{%- endmacro %}

{# Spark takes the NULL of such a row for the answer. #}
{% macro spark__value_at_last(value, at) -%}
    max_by({{ value }}, case when {{ value }} is not null then {{ at }} end)
{%- endmacro %}

{% macro value_at_first(value, at) -%}
    {{ return(adapter.dispatch('value_at_first')(value, at)) }}
{%- endmacro %}

{% macro duckdb__value_at_first(value, at) -%}
    min_by({{ value }}, {{ at }})
{%- endmacro %}

{% macro spark__value_at_first(value, at) -%}
    min_by({{ value }}, case when {{ value }} is not null then {{ at }} end)
{%- endmacro %}
