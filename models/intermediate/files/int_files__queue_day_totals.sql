-- One row per queue, channel and day of which the files have totals.
with

queue_day_totals as (

    select
        *,
        'files' as source_system
    from {{ ref('stg_files__queue_day_totals') }}
    where row_status = 'used'

),

totals_of_days as (

    select
        source_system,
        source_instance,
        queue_code,
        channel_code,
        offered_date,
        offered_count,
        answered_count,
        answered_in_threshold_count,
        abandoned_count,
        abandoned_in_threshold_count,
        short_abandoned_count,
        redirected_count,
        missed_count,
        handled_count,
        answered_wait_seconds,
        abandoned_wait_seconds,
        short_abandoned_wait_seconds,
        flowed_out_wait_seconds,
        handle_seconds,
        dq_flag,
        source_file,
        source_row,
        loaded_at
    from queue_day_totals

)

select * from totals_of_days
