-- One row per source, instance and landed table with rows that are used.
with

landed_hours as (

    select * from {{ ref('landed_hours') }}

),

source_freshness as (

    select
        source_system,
        source_instance,
        table_name,
        event_time_column,
        max(newest_event_at) as newest_event_at,
        max(newest_loaded_at) as newest_loaded_at,
        cast(sum(rows_used) as bigint) as rows_used
    from landed_hours
    group by source_system, source_instance, table_name, event_time_column

)

select * from source_freshness
