{% macro row_as_text(alias) -%}
    {{ return(adapter.dispatch('row_as_text')(alias)) }}
{%- endmacro %}

{% macro duckdb__row_as_text(alias) -%}
    cast(to_json({{ alias }}) as string)
{%- endmacro %}

{% macro spark__row_as_text(alias) -%}
    to_json(struct({{ alias }}.*), map('ignoreNullFields', 'false'))
{%- endmacro %}

{# The place of a row in its seed, from 1. #}
{% macro row_in_seed() -%}
    {{ return(adapter.dispatch('row_in_seed')()) }}
{%- endmacro %}

{# The window without an order is computed in the order of the scan. #}
{% macro duckdb__row_in_seed() -%}
    row_number() over ()
{%- endmacro %}

{# A seed is one file that one task reads, and these ids rise within a task. #}
{% macro spark__row_in_seed() -%}
    cast(row_number() over (order by monotonically_increasing_id()) as bigint)
{%- endmacro %}
