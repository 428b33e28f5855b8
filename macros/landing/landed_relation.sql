{#
    Where the rows of a landed table can be counted untouched: its files, or its seed; of a source
    that is taken in slices the book in which they were counted when they were read.
#}
{% macro landed_relation(source, table) -%}
    {%- if source in sliced_sources() -%}
        (
            select row_count from {{ book('landed_files') }}
            where source_system = '{{ source }}' and table_name = '{{ table }}'
        ) as counted_rows
    {%- elif var('landed_tables')[source] is not mapping -%}
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

{# The aggregate that gives the number of those rows. #}
{% macro landed_row_count(source) -%}
    {{ 'coalesce(sum(row_count), 0)' if source in sliced_sources() else 'count(*)' }}
{%- endmacro %}
