-- One row per line of the landed queue_log files, used or not.
with

source as (

    select
        *,
        {{ split_fields('line', '|') }} as fields
    from {{ landed_lines('asterisk', 'queue_log') }}

),

named_fields as (

    select
        {{ field_text('fields', 0) }} as epoch_text,
        {{ field_text('fields', 1) }} as call_id,
        {{ field_text('fields', 2) }} as queue_name,
        {{ field_text('fields', 3) }} as agent_name,
        upper({{ field_text('fields', 4) }}) as event,
        {%- for number in range(1, 6) %}
            {{ field_text('fields', 4 + number) }} as data{{ number }},
        {%- endfor %}
        line,
        -- A trailing separator is no difference.
        rtrim(line, '|') as content,
        source_instance,
        source_file,
        source_row
    from source

),

-- A line may truly stand twice in one file, and then it stands twice in a copy of the file.
counted_lines as (

    select
        *,
        case
            when try_cast(epoch_text as decimal(24, 6)) between 946684800 and 4102444800
                then try_cast(epoch_text as decimal(24, 6))
        end as epoch,
        row_number() over (
            partition by source_instance, content, source_file
            order by source_row
        ) as occurrence
    from named_fields

),

judged_lines as (

    select
        *,
        row_number() over (
            partition by source_instance, content, occurrence
            order by source_file
        ) as copy_number,
        case
            when event is null then 'wrong_number_of_fields'
            when epoch is null then 'unusable_time'
        end as quarantine_reason,
        1 as version_rank,
        line as row_text
    from counted_lines

),

queue_log as (

    select
        -- Of a line that is cut or another one nobody knows what is where.
        case when event is not null then call_id end as call_id,
        case when event is not null then queue_name end as queue_name,
        case when event is not null then agent_name end as agent_name,
        event,
        {{ asterisk_event_data() }}
        {{ fate_of_versions() }},
        {{ seconds_after("timestamp '1970-01-01 00:00:00'", 'epoch') }} as event_at,
        source_instance,
        source_file,
        source_row,
        {{ build_started_at() }} as loaded_at
    from judged_lines

)

select * from queue_log
