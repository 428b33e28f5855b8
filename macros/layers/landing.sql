{% macro row_as_text(alias) -%}
    {{ return(adapter.dispatch('row_as_text')(alias)) }}
{%- endmacro %}

{% macro duckdb__row_as_text(alias) -%}
    cast(to_json({{ alias }}) as varchar)
{%- endmacro %}

{# The same for every row of a build, so that a build is told by it. #}
{% macro build_started_at() -%}
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp)
{%- endmacro %}
