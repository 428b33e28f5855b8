{# A list of dicts, from field name to SQL expression, as an array of structs. #}
{% macro array_of_structs(structs) -%}
    {{ return(adapter.dispatch('array_of_structs')(structs)) }}
{%- endmacro %}

{% macro duckdb__array_of_structs(structs) -%}
    [
    {%- for struct in structs %}
        {
        {%- for field, expression in struct.items() -%}
            '{{ field }}': {{ expression }}{{ ', ' if not loop.last }}
        {%- endfor -%}
        }{{ ',' if not loop.last }}
    {%- endfor %}
    ]
{%- endmacro %}

{% macro each_struct(structs) -%}
    {{ return(adapter.dispatch('each_struct')(structs)) }}
{%- endmacro %}

{% macro duckdb__each_struct(structs) -%}
    unnest({{ structs }}, recursive := true)
{%- endmacro %}
