-- One row per line of the landed call files, used or not; header lines are not counted.
{%- set time_zone = "'Asia/Jerusalem'" %}

with

call_lines as (

    select * from {{ ref('base_anonymous_bank__call_lines') }}

),

dated_calls as (

    select
        *,
        case
            when length(call_date) = 6
                then concat_ws('-', '19' || call_date[1:2], call_date[3:4], call_date[5:6])
        end as iso_date
    from call_lines

),

typed_calls as (

    -- Every time of day is put on the date of the call, in local time.
    select
        vru_line,
        call_id,
        customer_hash,

        try_cast(priority as int) as priority,
        call_type,
        outcome,
        server,

        try_cast(vru_time as decimal(18, 3)) as vru_time,
        try_cast(q_time as decimal(18, 3)) as q_time,
        try_cast(ser_time as decimal(18, 3)) as ser_time,

        is_malformed,
        copy_number,
        line,

        try_cast(iso_date as timestamp) as midnight,
        try_cast(iso_date || ' ' || vru_entry as timestamp) as vru_entry,
        try_cast(iso_date || ' ' || vru_exit as timestamp) as vru_exit,
        try_cast(iso_date || ' ' || q_start as timestamp) as q_start,
        try_cast(iso_date || ' ' || q_exit as timestamp) as q_exit,
        try_cast(iso_date || ' ' || ser_start as timestamp) as ser_start,
        try_cast(iso_date || ' ' || ser_exit as timestamp) as ser_exit,

        source_file,
        source_row
    from dated_calls

),

elapsed_stages as (

    -- The source writes 0:00:00 twice for a stage that the call did not pass.
    select
        *,
        q_start <> midnight or q_exit <> midnight as was_queued,
        ser_start <> midnight or ser_exit <> midnight as was_served,
        {{ elapsed_on_clock('vru_entry', 'vru_exit', 'vru_time') }} as vru_elapsed,
        {{ elapsed_on_clock('q_start', 'q_exit', 'q_time') }} as q_elapsed,
        {{ elapsed_on_clock('ser_start', 'ser_exit', 'ser_time') }} as ser_elapsed
    from typed_calls

),

measured_stages as (

    select
        *,
        {{ measured_or_elapsed_seconds('vru_time', 'vru_elapsed') }} as vru_seconds,
        {{ measured_or_elapsed_seconds('q_time', 'q_elapsed') }} as queue_seconds,
        {{ measured_or_elapsed_seconds('ser_time', 'ser_elapsed') }} as service_seconds
    from elapsed_stages

),

-- Each stage is on the day that brings it nearest to the end of the one before.
placed_vru as (

    select
        *,
        {{ end_on_clock('vru_entry', 'vru_exit', 'vru_seconds') }} as vru_exit_local,
        coalesce(vru_exit_local, vru_entry) as queue_due_local
    from measured_stages

),

placed_queue as (

    select
        *,
        case when was_queued then {{ nearest_to('queue_due_local', 'q_start') }} end
            as queue_entry_local,
        {{ end_on_clock('queue_entry_local', 'q_exit', 'queue_seconds') }} as queue_exit_local,
        coalesce(queue_exit_local, queue_entry_local, queue_due_local) as service_due_local
    from placed_vru

),

placed_service as (

    select
        *,
        case when was_served then {{ nearest_to('service_due_local', 'ser_start') }} end
            as service_start_local,
        {{ end_on_clock('service_start_local', 'ser_exit', 'service_seconds') }}
            as service_end_local
    from placed_queue

),

judged_calls as (

    select
        *,
        concat_ws(' ', vru_line, call_id, cast(vru_entry as varchar)) as source_contact_id,
        case
            when copy_number > 1 then 'exact_duplicate'
            when is_malformed then 'wrong_number_of_fields'
            when outcome = 'PHANTOM' then 'phantom'
            when vru_line is null then 'missing_vru_line'
            when call_id is null then 'missing_call_id'
            when midnight is null then 'unusable_date'
            when vru_entry is null then 'unusable_vru_entry'
            when outcome not in ('AGENT', 'HANG') then 'unknown_outcome'
            when q_start is null or was_queued is null then 'unusable_queue_times'
        end as finding
    from placed_service

),

numbered_calls as (

    select
        *,
        case
            when
                finding is null
                and row_number() over (
                    partition by source_contact_id, finding is null
                    order by source_file, source_row
                ) > 1
                then 'conflicting_key'
            else finding
        end as row_status_reason
    from judged_calls

),

calls as (

    select
        case when not is_malformed then source_contact_id end as source_contact_id,
        vru_line,
        call_id,
        customer_hash,

        priority,
        call_type,
        outcome,
        server,
        case
            when row_status_reason is null then 'used'
            when row_status_reason = 'exact_duplicate' then 'duplicate'
            when row_status_reason = 'phantom' then 'dropped'
            else 'quarantined'
        end as row_status,
        row_status_reason,
        case when row_status = 'quarantined' then line end as raw_values,

        vru_seconds,
        queue_seconds,
        service_seconds,

        was_queued,
        was_served,
        nullif(
            concat_ws(
                ', ',
                case
                    when call_type not in ('PS', 'PE', 'IN', 'NE', 'NW', 'TT')
                        then 'undocumented_type'
                end,
                {{ duration_flag('vru_time', 'vru_time') }},
                {{ disagreement_flag('vru_time', 'vru_elapsed', 'vru_time') }},
                {{ duration_flag('q_time', 'q_time') }},
                {{ disagreement_flag('q_time', 'q_elapsed', 'q_time') }},
                {{ duration_flag('ser_time', 'ser_time') }},
                {{ disagreement_flag('ser_time', 'ser_elapsed', 'ser_time') }},
                case
                    when {{ seconds_between('service_start_local', 'service_due_local') }} > 2
                        then 'early_service'
                end,
                case when outcome = 'AGENT' and not was_served then 'missing_service_times' end,
                case when outcome = 'HANG' and was_served then 'service_of_hung_up_call' end
            ),
            ''
        ) as dq_flag,

        {{ local_to_utc('vru_entry', time_zone) }} as vru_entered_at,
        {{ local_to_utc('vru_exit_local', time_zone) }} as vru_exited_at,
        {{ local_to_utc('queue_entry_local', time_zone) }} as queue_entered_at,
        {{ local_to_utc('queue_exit_local', time_zone) }} as queue_exited_at,
        {{ local_to_utc('service_start_local', time_zone) }} as service_started_at,
        {{ local_to_utc('service_end_local', time_zone) }} as service_ended_at,

        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from numbered_calls

)

select * from calls
