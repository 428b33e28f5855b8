{# A type of a contract, as the engine calls it. #}
{% macro column_type(data_type) -%}
    {{ return(adapter.dispatch('column_type')(data_type)) }}
{%- endmacro %}

{% macro duckdb__column_type(data_type) -%}
    {{ data_type }}
{%- endmacro %}

{% macro spark__column_type(data_type) -%}
    {{ 'string' if data_type == 'varchar' else data_type }}
{%- endmacro %}

{# dbt casts so when it compares the columns of a model with its contract. #}
{% macro spark__cast(expression, data_type) -%}
    cast({{ expression }} as {{ column_type(data_type) }})
{%- endmacro %}

{#
    Plain Parquet knows no NOT NULL: a model stops at the first NULL that its contract forbids. Rows
    of one partition are brought together, or every task would write a small file for each of them.
#}
{% macro spark__get_select_subquery(sql) %}
    {%- set partitions = config.get('partition_by') -%}
    {%- set partitions = [partitions] if partitions is string else partitions %}
    select {{ '/*+ rebalance(' ~ partitions | join(', ') ~ ') */' if partitions }}
    {%- for column in model.columns.values() %}
        {% if column.constraints | selectattr('type', 'equalto', 'not_null') | list -%}
        coalesce(
            {{ column.name }}, raise_error('NULL in {{ model.name }}.{{ column.name }}')
        ) as {{ column.name }}
        {%- else -%}
        {{ column.name }}
        {%- endif -%}
        {{ ',' if not loop.last }}
    {%- endfor %}
    from (
        {{ sql }}
    ) as model_subq
{%- endmacro %}

{% macro spark__persist_constraints(relation, model) %}{% endmacro %}
