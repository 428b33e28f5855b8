-- One row per row of the landed exports of the table queue_log, used or not.
with

source as (

    select
        *,
        {{ split_fields('data', '|') }} as fields
    from {{ landed_rows('asterisk', 'queue_log_table') }}

),

-- Old tables hold all values of an event in the one column `data`, as the file does; in others the
-- fifth holds all that follow. MySQL's client writes NULL for nothing.
named_fields as (

    select
        id as source_event_id,
        coalesce(time, eventdate, created) as time_text,
        callid as call_id,
        queuename as queue_name,
        agent as agent_name,
        upper(event) as event,
        {%- for number in range(1, 5) %}
            coalesce(nullif(data{{ number }}, 'NULL'), {{ field_text('fields', number - 1) }})
                as data{{ number }},
        {%- endfor %}
        coalesce(
            nullif({{ field_text(split_fields('data5', '|'), 0) }}, 'NULL'),
            {{ field_text('fields', 4) }}
        ) as data5,
        line,
        is_malformed,
        source_instance,
        source_file,
        source_row
    from source

),

typed_rows as (

    select
        *,
        try_cast(time_text as decimal(24, 6)) as epoch,
        try_cast(time_text as timestamp) as local_at,
        {{ asterisk_time_zone('asterisk_queue_log_time_zones') }} as time_zone
    from named_fields

),

timed_rows as (

    select
        *,
        case
            when epoch between 946684800 and 4102444800
                then {{ seconds_after("timestamp '1970-01-01 00:00:00'", 'epoch') }}
            when time_text like '%+__:__' or time_text like '%Z'
                then {{ utc_from_offset_text('time_text') }}
            else {{ local_to_utc('local_at', 'time_zone') }}
        end as event_at
    from typed_rows

),

-- Without the id a row may truly stand twice in one file, and then it does in a copy of it.
counted_rows as (

    select
        *,
        concat_ws(
            '|',
            case when is_malformed or event_at is null then line end,
            coalesce(source_event_id, ''),
            cast(event_at as string),
            coalesce(call_id, ''),
            coalesce(queue_name, ''),
            coalesce(agent_name, ''),
            coalesce(event, ''),
            {%- for number in range(1, 6) %}
                coalesce(data{{ number }}, ''){{ ',' if not loop.last }}
            {%- endfor %}
        ) as content
    from timed_rows

),

numbered_rows as (

    select
        *,
        case
            when source_event_id is null
                then row_number() over (
                    partition by source_instance, content, source_file
                    order by source_row
                )
            else 1
        end as occurrence
    from counted_rows

),

judged_rows as (

    select
        *,
        row_number() over (
            partition by source_instance, content, occurrence
            order by source_file, source_row
        ) as copy_number,
        case
            when is_malformed then 'wrong_number_of_fields'
            when event is null then 'missing_event'
            when event_at is null then 'unusable_time'
        end as quarantine_reason,
        1 as version_rank,
        line as row_text
    from numbered_rows

),

queue_log_table as (

    select
        source_event_id,
        call_id,
        queue_name,
        agent_name,
        event,
        {{ asterisk_event_data() }}
        {{ fate_of_versions() }},
        event_at,
        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from judged_rows

)

select * from queue_log_table
