-- One row per queue, channel and day of which the files have totals.
with

queue_day_totals as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__queue_day_totals') }}
    where row_status = 'used'

)

select * from queue_day_totals
