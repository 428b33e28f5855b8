{# Where the landed files of one table are, as a glob. #}
{% macro landed_path(source, table) -%}
    {{ return(
        var('landing_root') ~ '/' ~ source ~ '/' ~ var('landed_files')[source][table]['pattern']
    ) }}
{%- endmacro %}

{# One row per line that holds anything; the header of a file is its row 0. #}
{% macro landed_lines_with_header(path, encoding='utf-8') -%}
    {{ return(adapter.dispatch('landed_lines_with_header')(path, encoding)) }}
{%- endmacro %}

{#
    The delimiter is four bytes that no line holds in a row, so that a line is one field: what
    follows a delimiter would be lost in silence. strict_mode=false takes files that mix line ends;
    each CR LF among them then reads as a line and an empty one, and rows are numbered after the
    empty ones are gone. The window without an order is computed in the order of the scan, which
    parallel=false fixes within a file.
#}
{% macro duckdb__landed_lines_with_header(path, encoding) -%}
    (
        select
            parse_filename(path) as source_file,
            line_number - min(line_number) over (partition by path) as source_row,
            line
        from (
            select
                path,
                line,
                row_number() over () as line_number
            from read_csv(
                {{ exact_text_literal(path) }},
                columns = {'line': 'varchar'},
                auto_detect = false,
                header = false,
                delim = chr(1) || chr(2) || chr(3) || chr(4),
                quote = '',
                escape = '',
                encoding = {{ exact_text_literal(encoding) }},
                strict_mode = false,
                parallel = false,
                filename = 'path'
            )
            where trim(line) <> ''
        )
    )
{%- endmacro %}

{# One row per data line of the landed files of one table: source_file, source_row from 1, line. #}
{% macro read_landed_lines(source, table) -%}
    (
        select * from {{ landed_lines_with_header(
            landed_path(source, table), var('landed_files')[source][table].get('encoding', 'utf-8')
        ) }}
        where source_row > 0
    )
{%- endmacro %}
