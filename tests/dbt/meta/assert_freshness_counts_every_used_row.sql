-- The rows that source_freshness looks at are the used ones of row_accounting.
with

fresh_rows as (

    select
        source_system,
        table_name,
        sum(rows_used) as rows_used
    from {{ ref('source_freshness') }}
    group by source_system, table_name

)

select
    row_accounting.source_system,
    row_accounting.table_name,
    row_accounting.rows_used,
    fresh_rows.rows_used as fresh_rows_used
from {{ ref('row_accounting') }} as row_accounting
left join fresh_rows
    on
        row_accounting.source_system = fresh_rows.source_system
        and row_accounting.table_name = fresh_rows.table_name
where row_accounting.rows_used <> coalesce(fresh_rows.rows_used, 0)
