{#
    One row per record of the landed files of one table, CSV or Parquet: source_instance,
    source_file, source_row (of its first line), line (the record as it was), is_malformed (it has
    not as many fields as the header), and the declared columns as text, blanks around them gone,
    NULL where they are empty, missing or the record is malformed. Columns are found by their names.
    `columns` names fewer than are declared.
#}
{% macro landed_rows(source, table, columns=none) -%}
    {%- set columns = landed_columns(source, table) if columns is none else columns -%}
    (
        {%- for files in landed_file_groups(source, table) %}
        {%- if files[0].is_parquet %}
        select * from {{ rows_of_parquet(files, columns) }}
        {%- else %}
        select * from {{ rows_of_text(files, columns) }}
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
                {{ joined_lines('line', 'source_row') }} as line
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

{% macro rows_of_parquet(files, columns) -%}
    {{ return(adapter.dispatch('rows_of_parquet')(files, columns)) }}
{%- endmacro %}

{#
    The record is made of the file's own columns, so that copies in two files are alike. Folders
    such as day=2026-11-02 add no column.
#}
{% macro duckdb__rows_of_parquet(files, columns) -%}
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
            {{ row_as_text('struct_pack(' ~ fields | join(', ') ~ ')') }} as line,
            false as is_malformed
            {%- for column in columns %},
            {%- if column in files[0].columns %}
            nullif(trim(cast({{ adapter.quote(column) }} as string)), '')
                as {{ adapter.quote(column) }}
            {%- else %}
            cast(null as string) as {{ adapter.quote(column) }}
            {%- endif %}
            {%- endfor %}
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

{% macro default__rows_of_parquet(files, columns) -%}{%- endmacro %}
