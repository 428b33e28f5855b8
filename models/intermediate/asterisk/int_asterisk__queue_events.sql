-- One row per event of the queue log, whether a file, a table or both delivered it.
{{ config(materialized='table') }}
{%- set values = ['data1', 'data2', 'data3', 'data4', 'data5'] %}
{%- set columns = [
    'source_instance', 'call_id', 'queue_name', 'agent_name', 'event', 'caller_hash',
] + values + ['event_at', 'source_file', 'source_row', 'loaded_at'] %}
{%- set content -%}
    concat_ws(
        '|',
    {%- for column in ['call_id', 'queue_name', 'agent_name', 'event', 'caller_hash'] + values %}
            coalesce({{ column }}, ''){{ ',' if not loop.last }}
    {%- endfor %}
    )
{%- endset %}

with

queue_log as (

    select * from {{ ref('stg_asterisk__queue_log') }}
    where row_status = 'used'

),

queue_log_table as (

    select * from {{ ref('stg_asterisk__queue_log_table') }}
    where row_status = 'used'

),

-- The table is written before the file, and knows more than the second.
seconds_in_table as (

    select
        source_instance,
        {{ content }} as content,
        date_trunc('second', event_at) as second_at
    from queue_log_table

    union

    select
        source_instance,
        {{ content }} as content,
        date_trunc('second', event_at) + interval '1' second as second_at
    from queue_log_table

),

log_with_content as (

    select
        *,
        {{ content }} as content,
        date_trunc('second', event_at) as second_at
    from queue_log

),

log_alone as (

    select log_with_content.*
    from log_with_content
    left join seconds_in_table
        on
            log_with_content.source_instance = seconds_in_table.source_instance
            and log_with_content.content = seconds_in_table.content
            and log_with_content.second_at = seconds_in_table.second_at
    where seconds_in_table.second_at is null

),

events as (

    select {{ columns | join(', ') }} from queue_log_table

    union all

    select {{ columns | join(', ') }} from log_alone

),

-- Asterisk writes NONE, or REALTIME for a member that is read from a database, for nothing.
events_without_none as (

    select
        source_instance,
        case when call_id not in ('NONE', 'REALTIME') then call_id end as call_id,
        case when queue_name <> 'NONE' then queue_name end as queue_name,
        case when agent_name <> 'NONE' then agent_name end as agent_name,
        event,
        caller_hash,
        {%- for value in values %}
            {{ value }},
        {%- endfor %}
        event_at,
        source_file,
        source_row,
        loaded_at
    from events

),

named_events as (

    select
        *,
        {{ asterisk_known_as('queue_name', 'asterisk_queue_names', 'event_at') }} as queue_code,
        {{ asterisk_known_as('agent_name', 'asterisk_agent_names', 'event_at') }} as known_agent
    from events_without_none

),

queue_events as (

    select
        source_instance,
        call_id,
        queue_code,
        {{ asterisk_known_as(
            asterisk_device('known_agent'), 'asterisk_agent_names', 'event_at'
        ) }} as agent_code,
        event,
        caller_hash,
        {%- for value in values %}
            {{ value }},
        {%- endfor %}
        date_trunc('second', event_at) as second_at,
        event_at,
        source_file,
        source_row,
        loaded_at
    from named_events

)

select * from queue_events
