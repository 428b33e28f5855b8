-- One row per landed table, with what became of its rows.
{{ config(materialized='table') }}

with

landed_rows as (
{% for source in var('sources') %}
    {%- for table in var('landed_tables')[source] %}
    select
        '{{ source }}' as source_system,
        '{{ table }}' as table_name,
        count(*) as rows_in
    from {{ ref('raw_' ~ table) }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
)

select * from landed_rows
