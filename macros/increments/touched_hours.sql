{#
    landed_hours counts rows by hour: those of tables that a build left need not be counted again,
    and of others only hours in which a row was read, or judged again, since the last green build.
#}

{# Whether `column`, the time of a staged row or the hour of a count, lies in such an hour. #}
{% macro is_of_touched_hours(source, staged, event_time, column) -%}
    {%- if not is_slice() or source not in sliced_sources() -%}
        true
    {%- elif is_left_by_this_build(staged.identifier) -%}
        false
    {%- elif event_time is none -%}
        true
    {%- else -%}
        {%- set hour = "date_trunc('hour', cast(" ~ event_time ~ " as timestamp))" -%}
        {%- set table = staged.identifier | replace('stg_' ~ source ~ '__', '') -%}
        {%- set question = 'touched hours of ' ~ staged -%}
        {%- set known = remembered(question) -%}
        {%- if 'value' not in known -%}
            {%- set known = remembered(question, {'value': run_query(
                'select cast(min(' ~ hour ~ ') as varchar),'
                ~ ' (select count(*) from ' ~ removed_rows_of(table) ~ ')'
                ~ ' from ' ~ staged ~ ' where ' ~ is_new_row()
            ).rows[0]}) -%}
        {%- endif -%}
        {%- if known.value[1] > 0 -%}
            {#- Not of all tables it is known when a row that went had happened. -#}
            true
        {%- else -%}
            (
                (
                    {{ column }} >= timestamp '{{ known.value[0] or "9999-12-31 00:00:00" }}'
                    or {{ column }} is null
                )
                and (
                    date_trunc('hour', cast({{ column }} as timestamp)) in (
                        select {{ hour }} from {{ staged }} where {{ is_new_row() }}
                    )
                    or {{ column }} is null
                )
            )
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# The pre-hook of landed_hours. #}
{% macro forget_touched_hours() -%}
    {%- if is_slice() -%}
        delete from {{ this }} where false {{ or_of_whole_sources() }};
        {%- for source in sliced_sources() %}
            {%- for table in var('landed_tables')[source] %}
                {%- set staged = ref('stg_' ~ source ~ '__' ~ table) %}
                {%- if not is_left_by_this_build(staged.identifier) %}
                    {%- set event_time = event_time_of(columns_of_built(staged)) %}
        delete from {{ this }}
        where
            source_system = '{{ source }}'
            and table_name = '{{ table }}'
            and {{ is_of_touched_hours(source, staged, event_time, 'event_hour_at') }};
                {%- endif %}
            {%- endfor %}
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
