-- One row per landed table, with what became of its rows.
{#
    rows_in is counted where the rows landed, when they are read, the rest where they were judged:
    the test beside this model finds any row lost or doubled in between.
#}
with

landed_rows as (
    {% for source in var('sources') %}
        {%- set last_source = loop.last %}
        {%- for table in var('landed_tables')[source] %}
            select
                '{{ source }}' as source_system,
                '{{ table }}' as table_name,
                {{ landed_row_count(source) }} as rows_in
            from {{ landed_relation(source, table) }}
            {% if not (last_source and loop.last) %}union all{% endif %}
        {% endfor %}
    {%- endfor %}
),

judged_rows as (

    select * from {{ ref('judged_rows') }}

),

counted_rows as (

    select
        source_system,
        table_name,
        sum(case when row_status = 'used' then row_count else 0 end) as rows_used,
        sum(case when row_status = 'quarantined' then row_count else 0 end) as rows_quarantined,
        sum(case when row_status = 'dropped' then row_count else 0 end) as rows_dropped,
        sum(case when row_status = 'duplicate' then row_count else 0 end) as rows_duplicate
    from judged_rows
    group by source_system, table_name

),

row_accounting as (

    select
        landed_rows.source_system,
        landed_rows.table_name,
        cast(landed_rows.rows_in as bigint) as rows_in,
        cast(coalesce(counted_rows.rows_used, 0) as bigint) as rows_used,
        cast(coalesce(counted_rows.rows_quarantined, 0) as bigint) as rows_quarantined,
        cast(coalesce(counted_rows.rows_dropped, 0) as bigint) as rows_dropped,
        cast(coalesce(counted_rows.rows_duplicate, 0) as bigint) as rows_duplicate
    from landed_rows
    left join counted_rows
        on
            landed_rows.source_system = counted_rows.source_system
            and landed_rows.table_name = counted_rows.table_name

)

select * from row_accounting
