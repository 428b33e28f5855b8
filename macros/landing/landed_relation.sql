{# Where the rows of a landed table can be counted untouched: its files, or its seed. #}
{% macro landed_relation(source, table) -%}
    {%- if var('landed_tables')[source] is not mapping -%}
        {{ ref('raw_' ~ table) }}
    {%- else -%}
        {%- set shape = var('landed_tables')[source][table].get('shape', 'rows') -%}
        {%- if shape == 'documents' -%}
            {{ landed_documents(source, table) }}
        {%- elif shape == 'lines' -%}
            {{ landed_lines(source, table) }}
        {%- else -%}
            {{ landed_rows(source, table, columns=[]) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
