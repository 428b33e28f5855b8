{#
    One row per record of the landed files of one table, CSV or Parquet: source_instance,
    source_file, source_row (of its first line), line (the record as it was), is_malformed (it has
    not as many fields as the header), and the declared columns as text, blanks around them gone,
    NULL where they are empty, missing or the record is malformed. Columns are found by their names.
    `columns` names fewer than are declared. `timestamps` are columns that Parquet files may hold as
    times: they stand as such in <column>_value (UTC), where their text is NULL, and so is the line
    of a record of Parquet, for both cost more than all the rest. `unread_only` leaves out files
    that were read since the last full build.
#}
{% macro landed_rows(source, table, columns=none, timestamps=none, unread_only=false) -%}
    {%- set columns = landed_columns(source, table) if columns is none else columns -%}
    (
        {%- for files in landed_file_groups(source, table, unread_only) %}
        {%- if files[0].is_parquet %}
        select * from {{ rows_of_parquet(files, columns, timestamps) }}
        {%- else %}
        select
            *
            {%- for column in timestamps or [] %},
            cast(null as timestamp) as {{ adapter.quote(column ~ '_value') }}
            {%- endfor %}
        from {{ rows_of_text(files, columns) }}
        {%- endif %}
        {% if not loop.last %}union all{% endif %}
        {%- else %}
        select
            cast(null as string) as source_instance,
            cast(null as string) as source_file,
            cast(null as bigint) as source_row,
            cast(null as string) as line,
            cast(null as boolean) as is_malformed
            {%- for column in columns %},
            cast(null as string) as {{ adapter.quote(column) }}
            {%- endfor %}
            {%- for column in timestamps or [] %},
            cast(null as timestamp) as {{ adapter.quote(column ~ '_value') }}
            {%- endfor %}
        where false
        {%- endfor %}
    )
{%- endmacro %}

{% macro rows_of_text(files, columns) -%}
    {%- set header = files[0].columns -%}
    {%- set delimiter = files[0].delimiter -%}
    (
        select
            source_instance,
            source_file,
            source_row,
            line,
            fields is null as is_malformed
            {%- for column in columns %},
            {%- if column in header %}
            {{ field_text('fields', header.index(column), files[0].has_quotes) }}
                as {{ adapter.quote(column) }}
            {%- else %}
            cast(null as string) as {{ adapter.quote(column) }}
            {%- endif %}
            {%- endfor %}
        from (
            select
                source_instance,
                source_file,
                source_row,
                line,
                case when size_of_list = {{ header | length }} then fields end as fields
            from (
                select
                    *,
                    {{ list_size('fields') }} as size_of_list
                from (
                    {%- if files[0].has_quotes %}
                    select
                        *,
                        {{ delimited_fields('line', delimiter) }} as fields
                    from {{ records_of_files(files) }}
                    {%- else %}
                    select
                        *,
                        {{ split_fields('line', delimiter) }} as fields
                    from {{ lines_of_files(files) }}
                    where source_row > 0
                    {%- endif %}
                )
            )
        )
    )
{%- endmacro %}

{#
    Lines, but for those that belong together because quotes that one opens another closes. Where
    what was joined so has not the fields of a record, a quote is one too many: the lines stay
    apart.
#}
{% macro records_of_files(files) -%}
    {%- set fields = files[0].columns | length -%}
    {%- set delimiter = files[0].delimiter -%}
    (
        with

        lines as (

            select
                *,
                (length(line) - length(replace(line, '"', ''))) % 2 as is_odd
            from {{ lines_of_files(files) }}
            where source_row > 0

        ),

        counted_lines as (

            select
                *,
                cast(sum(is_odd) over (
                    partition by source_file
                    order by source_row
                    rows between unbounded preceding and current row
                ) as bigint) as odd_count
            from lines

        ),

        spanned_lines as (

            select
                *,
                case
                    when is_odd = 1 or odd_count % 2 = 1 then floor((odd_count + 1) / 2)
                end as span
            from counted_lines

        ),

        spans as (

            select
                source_instance,
                source_file,
                span,
                min(source_row) as source_row,
                {{ joined_texts('line', 'chr(10)', 'source_row') }} as line
            from spanned_lines
            where span is not null
            group by source_instance, source_file, span

        ),

        records as (

            select
                *,
                coalesce({{ list_size(delimited_fields('line', delimiter)) }} = {{ fields }}, false)
                    as is_record
            from spans

        )

        select
            spanned_lines.source_instance,
            spanned_lines.source_file,
            spanned_lines.source_row,
            coalesce(records.line, spanned_lines.line) as line
        from spanned_lines
        left join records
            on
                spanned_lines.source_file = records.source_file
                and spanned_lines.span = records.span
                and records.is_record
        where records.source_row is null or records.source_row = spanned_lines.source_row
    )
{%- endmacro %}

{% macro rows_of_parquet(files, columns, timestamps=none) -%}
    {{ return(adapter.dispatch('rows_of_parquet')(files, columns, timestamps)) }}
{%- endmacro %}

{#
    The record is made of the file's own columns, so that copies in two files are alike. Folders
    such as day=2026-11-02 add no column.
#}
{% macro duckdb__rows_of_parquet(files, columns, timestamps=none) -%}
    (
        select
            {{ exact_text_literal(files[0].instance) }} as source_instance,
            substr(
                replace(landed_path, '\', '/'),
                {{ files[0].path | length - files[0].name | length + 1 }}
            ) as source_file,
            file_row_number + 1 as source_row,
            {% set fields = [] -%}
            {%- for column in files[0].columns -%}
                {%- do fields.append(adapter.quote(column) ~ ' := ' ~ adapter.quote(column)) -%}
            {%- endfor -%}
            {% if timestamps is none -%}
            {{ row_as_text('struct_pack(' ~ fields | join(', ') ~ ')') }} as line,
            {%- else -%}
            cast(null as string) as line,
            {%- endif %}
            false as is_malformed
            {{ values_of_parquet(files[0], columns, timestamps) }}
        from read_parquet(
            [
                {%- for file in files %}
                {{ exact_text_literal(file.path) }}{{ ',' if not loop.last }}
                {%- endfor %}
            ],
            filename = 'landed_path',
            file_row_number = true,
            hive_partitioning = false
        )
    )
{%- endmacro %}

{# Columns of Parquet as text, and behind them those that are given as times too. #}
{% macro values_of_parquet(file, columns, timestamps) -%}
    {%- set times = times_of_parquet(file) -%}
    {%- for column in columns %},
    {%- if column in file.columns
        and not (column in (timestamps or []) and column in times) %}
    nullif(trim(cast({{ adapter.quote(column) }} as string)), '')
        as {{ adapter.quote(column) }}
    {%- else %}
    cast(null as string) as {{ adapter.quote(column) }}
    {%- endif %}
    {%- endfor %}
    {%- for column in timestamps or [] %},
    {{ times.get(column, 'cast(null as timestamp)') }}
        as {{ adapter.quote(column ~ '_value') }}
    {%- endfor %}
{%- endmacro %}

{# Of a Parquet file the columns that hold times, each with the expression that gives it in UTC. #}
{% macro times_of_parquet(file) -%}
    {%- set times = {} -%}
    {%- for column in file.columns -%}
        {%- set type = file.types[loop.index0] -%}
        {%- if type == 'TIMESTAMP WITH TIME ZONE' -%}
            {%- do times.update({column: adapter.quote(column) ~ " at time zone 'UTC'"}) -%}
        {%- elif type.startswith('TIMESTAMP') -%}
            {%- do times.update({column: 'cast(' ~ adapter.quote(column) ~ ' as timestamp)'}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(times) }}
{%- endmacro %}

{# The published times of a table that one of its landed Parquet files holds as times. #}
{% macro timestamps_of_parquet(source, table, columns) -%}
    {%- set found = [] -%}
    {%- for files in landed_file_groups(source, table) if files[0].is_parquet -%}
        {%- set times = times_of_parquet(files[0]) -%}
        {%- for column in columns
            if column.data_type == 'timestamp' and column.name in times
            and column.name not in found -%}
            {%- do found.append(column.name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
