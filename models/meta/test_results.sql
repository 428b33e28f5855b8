-- One row per data test of the build that made this file.
{# dbt knows them when everything is built: the hook note_test_results fills the table. #}
select
    cast(null as string) as test_name,
    cast(null as string) as model_name,
    cast(null as string) as column_name,
    cast(null as string) as severity,
    cast(null as string) as status,
    cast(null as bigint) as failure_count,
    cast(null as double) as run_seconds
where false
