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
    Between `as` and the bracket of a CTE that several others read and that only picks rows and
    columns of a table: DuckDB would keep them all in memory. Spark reads the table again anyway.
#}
{% macro read_again() -%}
    {{ return(adapter.dispatch('read_again')()) }}
{%- endmacro %}

{% macro duckdb__read_again() -%}
    not materialized
{%- endmacro %}

{% macro spark__read_again() -%}
{%- endmacro %}
