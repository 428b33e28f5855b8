-- One row per landed table, fate of its rows and reason.
with

staged_rows as (
    {% for source in var('sources') %}
        {%- set last_source = loop.last %}
        {%- for table in var('landed_tables')[source] %}
            select
                '{{ source }}' as source_system,
                '{{ table }}' as table_name,
                row_status,
                row_status_reason
            from {{ ref('stg_' ~ source ~ '__' ~ table) }}
            {% if not (last_source and loop.last) %}union all{% endif %}
        {% endfor %}
    {%- endfor %}
),

judged_rows as (

    select
        source_system,
        table_name,
        row_status,
        row_status_reason,
        cast(count(*) as bigint) as row_count
    from staged_rows
    group by source_system, table_name, row_status, row_status_reason

)

select * from judged_rows
