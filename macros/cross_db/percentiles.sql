{# The continuous percentile of the values that are not NULL; an aggregate, NULL of none. #}
{% macro percentile(value, share) -%}
    {{ return(adapter.dispatch('percentile')(value, share)) }}
{%- endmacro %}

{#
    Of a list, of which it passes over NULL. percentile_cont keeps every value too, and DuckDB 2.0
    writes fifty times as much to disk as there is where it stands beside many sums and memory is
    short.
#}
{% macro duckdb__percentile(value, share) -%}
    list_aggregate(list({{ value }}), 'quantile_cont', {{ share }})
{%- endmacro %}

{% macro spark__percentile(value, share) -%}
    percentile_cont({{ share }}) within group (order by {{ value }})
{%- endmacro %}
