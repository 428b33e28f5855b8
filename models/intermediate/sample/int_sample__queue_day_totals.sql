-- One row per queue, channel and day that the system before this one of the sample counted.
with

daily_volumes as (

    select * from {{ ref('stg_sample__daily_volumes') }}
    where row_status = 'used'

),

queue_day_totals as (

    select
        'sample' as source_system,
        'default' as source_instance,
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
    from daily_volumes

)

select * from queue_day_totals
