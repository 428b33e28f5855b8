-- One row per line of the landed call files, used or not; header lines are not counted.
{%- set time_zone = "'Asia/Jerusalem'" %}
{%- set times = ['vru_entry', 'vru_exit', 'q_start', 'q_exit', 'ser_start', 'ser_exit'] %}
{%- set durations = ['vru_time', 'q_time', 'ser_time'] %}

with

call_lines as (

    select * from {{ ref('base_anonymous_bank__call_lines') }}

),

dated_calls as (

    -- The source is the year 1999: a date of any other year is not one.
    select
        *,
        case
            when length(call_date) = 6 and call_date[1:2] = '99'
                then concat_ws('-', '1999', call_date[3:4], call_date[5:6])
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
        priority as priority_text,
        call_type,
        outcome,
        server,

        {%- for column in durations %}
            try_cast({{ column }} as decimal(18, 3)) as {{ column }},
            {{ column }} as {{ column }}_text,
        {%- endfor %}

        is_malformed,
        copy_number,
        line,

        try_cast(iso_date as timestamp) as midnight,
        {%- for column in times %}
            try_cast(iso_date || ' ' || {{ column }} as timestamp) as {{ column }},
            case when midnight is not null then {{ column }} end as {{ column }}_text,
        {%- endfor %}

        source_instance,
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
        {{ elapsed_on_clock('vru_entry', 'vru_exit', 'vru_time', time_zone) }} as vru_elapsed,
        {{ elapsed_on_clock('q_start', 'q_exit', 'q_time', time_zone) }} as q_elapsed,
        {{ elapsed_on_clock('ser_start', 'ser_exit', 'ser_time', time_zone) }} as ser_elapsed
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
entered_calls as (

    select
        *,
        {{ local_to_utc('vru_entry', time_zone) }} as vru_entered_at
    from measured_stages

),

placed_vru as (

    select
        *,
        {{ end_on_clock('vru_entered_at', 'vru_exit', 'vru_seconds', time_zone) }}
            as vru_exited_at,
        coalesce(vru_exited_at, vru_entered_at) as queue_due_at
    from entered_calls

),

entered_queues as (

    select
        *,
        case when was_queued then {{ nearest_to('queue_due_at', 'q_start', time_zone) }} end
            as queue_entered_at
    from placed_vru

),

placed_queue as (

    select
        *,
        {{ end_on_clock('queue_entered_at', 'q_exit', 'queue_seconds', time_zone) }}
            as queue_exited_at,
        coalesce(queue_exited_at, queue_entered_at, queue_due_at) as service_due_at
    from entered_queues

),

started_services as (

    select
        *,
        case when was_served then {{ nearest_to('service_due_at', 'ser_start', time_zone) }} end
            as service_started_at
    from placed_queue

),

placed_service as (

    select
        *,
        {{ end_on_clock('service_started_at', 'ser_exit', 'service_seconds', time_zone) }}
            as service_ended_at
    from started_services

),

judged_calls as (

    select
        *,
        concat_ws(' ', vru_line, call_id, cast(vru_entry as string)) as source_contact_id,
        case
            when copy_number > 1 then 'exact_duplicate'
            when is_malformed then 'wrong_number_of_fields'
            when outcome = 'PHANTOM' then 'phantom'
            when vru_line is null then 'missing_vru_line'
            when call_id is null then 'missing_call_id'
            when midnight is null then 'unusable_date'
            when vru_entry is null then 'unusable_vru_entry'
            when coalesce(outcome, '') not in ('AGENT', 'HANG') then 'unknown_outcome'
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
                    partition by source_instance, source_contact_id, finding is null
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
        case when row_status = 'quarantined' then {{ text_without_forgotten('line') }} end
            as raw_values,

        vru_seconds,
        queue_seconds,
        service_seconds,

        was_queued,
        was_served,
        nullif(
            concat_ws(
                ', ',
                {%- for column in ['priority'] + durations + times %}
                    case
                        when nullif({{ column }}_text, '') is not null and {{ column }} is null
                            then 'unreadable_{{ column }}'
                    end,
                {%- endfor %}
                case when {{ is_repeated_time('vru_entry', time_zone) }} then 'dst_ambiguous' end,
                case
                    when coalesce(call_type, '') not in ('PS', 'PE', 'IN', 'NE', 'NW', 'TT')
                        then 'undocumented_type'
                end,
                {{ duration_flag('vru_time', 'vru_time') }},
                {{ disagreement_flag('vru_time', 'vru_elapsed', 'vru_time') }},
                {{ duration_flag('q_time', 'q_time') }},
                {{ disagreement_flag('q_time', 'q_elapsed', 'q_time') }},
                {{ duration_flag('ser_time', 'ser_time') }},
                {{ disagreement_flag('ser_time', 'ser_elapsed', 'ser_time') }},
                case
                    when {{ seconds_between('service_started_at', 'service_due_at') }} > 2
                        then 'early_service'
                end,
                case
                    when
                        outcome = 'AGENT'
                        and not coalesce(was_served, false)
                        and midnight is not null
                        then 'missing_service_times'
                end,
                case when outcome = 'HANG' and was_served then 'service_of_hung_up_call' end
            ),
            ''
        ) as dq_flag,

        vru_entered_at,
        vru_exited_at,
        queue_entered_at,
        queue_exited_at,
        service_started_at,
        service_ended_at,

        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from numbered_calls

)

select * from calls
