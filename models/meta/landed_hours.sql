-- One row per source, instance, landed table and UTC hour, of the rows that are used.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_hours() }}'
) }}

with

used_rows as (
    {% for source in var('sources') %}
        {%- set last_source = loop.last %}
        {%- for table in var('landed_tables')[source] %}
            {%- set staged = ref('stg_' ~ source ~ '__' ~ table) %}
            {%- set columns = columns_of_built(staged) %}
            {%- set event_time = event_time_of(columns) %}
            select
                '{{ source }}' as source_system,
                {{ 'source_instance' if 'source_instance' in columns else "'default'" }}
                    as source_instance,
                '{{ table }}' as table_name,
                {{ text_or_null(event_time) }} as event_time_column,
                cast({{ event_time or 'null' }} as timestamp) as event_at,
                loaded_at
            from {{ staged }}
            where
                row_status = 'used'
                and {{ is_of_touched_hours(source, staged, event_time, event_time) }}
            {% if not (last_source and loop.last) %}union all{% endif %}
        {% endfor %}
    {%- endfor %}
),

landed_hours as (

    select
        source_system,
        source_instance,
        table_name,
        event_time_column,
        cast(date_trunc('hour', event_at) as timestamp) as event_hour_at,
        max(event_at) as newest_event_at,
        max(loaded_at) as newest_loaded_at,
        cast(count(*) as bigint) as rows_used
    from used_rows
    group by
        source_system,
        source_instance,
        table_name,
        event_time_column,
        cast(date_trunc('hour', event_at) as timestamp)

)

select * from landed_hours
