{# Where the rows of a landed table can be counted untouched: its files, or its seed. #}
{% macro landed_relation(source, table) -%}
    {%- if table in var('landed_files').get(source, {}) -%}
        {{ read_landed_lines(source, table) }}
    {%- else -%}
        {{ ref('raw_' ~ table) }}
    {%- endif -%}
{%- endmacro %}
