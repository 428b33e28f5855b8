-- One row per landed row of the sample's old daily volumes, used or not.
with

raw_daily_volumes as (

    select * from {{ ref('raw_daily_volumes') }}

),

numbered_rows as (

    select
        *,
        {{ row_as_text('raw_daily_volumes') }} as row_text,
        {{ row_in_seed() }} as source_row
    from raw_daily_volumes

),

typed_rows as (

    select
        try_cast(date as date) as offered_date,
        queue_id as queue_code,
        lower(channel) as channel_code,
        try_cast(offered as int) as offered_count,
        try_cast(answered as int) as answered_count,
        try_cast(answered_in_threshold as int) as answered_in_threshold_count,
        try_cast(abandoned as int) as abandoned_count,
        try_cast(abandoned_in_threshold as int) as abandoned_in_threshold_count,
        try_cast(short_abandoned as int) as short_abandoned_count,
        try_cast(redirected as int) as redirected_count,
        try_cast(missed as int) as missed_count,
        try_cast(handled as int) as handled_count,
        try_cast(answered_wait_seconds as decimal(18, 3)) as answered_wait_seconds,
        try_cast(abandoned_wait_seconds as decimal(18, 3)) as abandoned_wait_seconds,
        try_cast(short_abandoned_wait_seconds as decimal(18, 3)) as short_abandoned_wait_seconds,
        try_cast(flowed_out_wait_seconds as decimal(18, 3)) as flowed_out_wait_seconds,
        try_cast(handle_seconds as decimal(18, 3)) as handle_seconds,

        nullif(
            concat_ws(
                ', ',
                {{ unreadable_flag('answered_wait_seconds', 'answered_wait') }},
                {{ unreadable_flag('abandoned_wait_seconds', 'abandoned_wait') }},
                {{ unreadable_flag('short_abandoned_wait_seconds', 'short_abandoned_wait') }},
                {{ unreadable_flag('flowed_out_wait_seconds', 'flowed_out_wait') }},
                {{ unreadable_flag('handle_seconds', 'handle') }}
            ),
            ''
        ) as dq_flag,
        row_text,
        source_row
    from numbered_rows

),

judged_rows as (

    select
        *,
        case
            when offered_date is null then 'unusable_date'
            when queue_code is null then 'missing_queue_id'
            when channel_code is null then 'missing_channel'
            when
                offered_count is null
                or answered_count is null
                or answered_in_threshold_count is null
                or abandoned_count is null
                or abandoned_in_threshold_count is null
                or short_abandoned_count is null
                or redirected_count is null
                or missed_count is null
                then 'unusable_count'
        end as quarantine_reason,
        row_number() over (partition by row_text order by source_row) as copy_number
    from typed_rows

),

ranked_versions as (

    select
        *,
        row_number() over (
            partition by
                queue_code,
                channel_code,
                offered_date,
                -- Only usable rows compete; of two the one further down the file was written later.
                quarantine_reason is null and copy_number = 1
            order by source_row desc
        ) as version_rank
    from judged_rows

),

daily_volumes as (

    select
        queue_code,
        channel_code,

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

        offered_date,

        dq_flag,
        {{ fate_of_versions() }},
        'seeds/sample/raw_daily_volumes.csv' as source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from ranked_versions

)

select * from daily_volumes
