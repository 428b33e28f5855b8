{# The columns of what a query gives, with name and dtype. #}
{% macro columns_of(query) -%}
    {{ return(adapter.dispatch('columns_of')(query)) }}
{%- endmacro %}

{% macro duckdb__columns_of(query) -%}
    {%- set columns = [] -%}
    {%- for row in run_query('describe ' ~ query) -%}
        {%- do columns.append(api.Column(row[0], row[1])) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{% macro spark__columns_of(query) -%}
    {%- set columns = [] -%}
    {%- for row in run_query('describe query ' ~ query) -%}
        {%- do columns.append(api.Column(row[0], row[1])) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{#
    Behind the `as` of a CTE that several others read: each of them works out the columns that it
    needs, where otherwise all rows would be kept in memory.
#}
{% macro inlined() -%}
    {{ return(adapter.dispatch('inlined')()) }}
{%- endmacro %}

{% macro duckdb__inlined() -%}
    not materialized
{%- endmacro %}

{# Spark never keeps them. #}
{% macro spark__inlined() -%}{%- endmacro %}

{#
    What stands behind the `as` of a small CTE that is worked out before what it is joined with. Of
    joins by key and by range of time DuckDB may else do the one by range first, with all rows.
#}
{% macro kept() -%}
    {{ return(adapter.dispatch('kept')()) }}
{%- endmacro %}

{% macro duckdb__kept() -%}
    materialized
{%- endmacro %}

{# Spark joins in the order of the text. #}
{% macro spark__kept() -%}{%- endmacro %}
