{#
    One row per line of the landed files of one table that holds anything: source_instance,
    source_file, source_row from 1 (the header is 0), line.
#}
{% macro landed_lines(source, table) -%}
    (
        {%- for files in landed_file_groups(source, table) %}
        select * from {{ lines_of_files(files) }} where source_row > 0
        {% if not loop.last %}union all{% endif %}
        {%- else %}
        select
            cast(null as string) as source_instance,
            cast(null as string) as source_file,
            cast(null as bigint) as source_row,
            cast(null as string) as line
        where false
        {%- endfor %}
    )
{%- endmacro %}

{# The same of some text files of one instance, their header included as row 0. #}
{% macro lines_of_files(files) -%}
    {{ return(adapter.dispatch('lines_of_files')(files)) }}
{%- endmacro %}

{#
    The window without an order is computed in the order of the scan. Latin-1 is read byte by byte;
    lines that are UTF-8 all the same are put together afterwards.
#}
{% macro duckdb__lines_of_files(files) -%}
    {%- set encoding = files[0].encoding -%}
    (
        select
            {{ exact_text_literal(files[0].instance) }} as source_instance,
            substr(
                replace(path, '\', '/'), {{ files[0].path | length - files[0].name | length + 1 }}
            ) as source_file,
            line_number - min(line_number) over (partition by path)
            + {{ 0 if files[0].has_header else 1 }} as source_row,
            {%- if encoding == 'utf-8' %}
            ltrim(line, chr(65279)) as line
            {%- else %}
            case
                when strlen(line) = length(line) then line
                else coalesce(ltrim(try({{ utf_8_of_latin_1('line') }}), chr(65279)), line)
            end as line
            {%- endif %}
        from (
            select
                path,
                line,
                row_number() over () as line_number
            from {{ bytes_as_lines(files) if encoding == 'bytes' else text_as_lines(files) }}
            where trim(line) <> ''
        )
    )
{%- endmacro %}

{% macro default__lines_of_files(files) -%}{%- endmacro %}

{#
    The delimiter is four bytes that no line holds in a row, so that a line is one field: what
    follows a delimiter would be lost in silence. strict_mode=false takes files that mix line ends;
    each CR LF among them then reads as a line and an empty one, which is why rows are numbered
    after the empty ones are gone. parallel=false keeps the order within a file.
#}
{% macro text_as_lines(files) -%}
    read_csv(
        {{ paths_of(files) }},
        columns = {'line': 'varchar'},
        auto_detect = false,
        header = false,
        delim = chr(1) || chr(2) || chr(3) || chr(4),
        quote = '',
        escape = '',
        encoding = '{{ files[0].encoding }}',
        strict_mode = false,
        parallel = false,
        max_line_size = 67108864,
        buffer_size = 134217728,
        filename = 'path'
    )
{%- endmacro %}

{# For files that are no text in any encoding: each byte a letter, cut where a line ends. #}
{% macro bytes_as_lines(files) -%}
    (
        select
            path,
            array_to_string(
                list_transform(
                    regexp_extract_all(digits, '..'),
                    lambda pair: chr(cast('0x' || pair as int))
                ),
                ''
            ) as line
        from (
            select
                filename as path,
                unnest(
                    regexp_extract_all(hex(content), '((?:0[^AD]|[^0][0-9A-F])*)(?:0D|0A|$)', 1)
                ) as digits
            from read_blob({{ paths_of(files) }})
        )
    )
{%- endmacro %}

{% macro paths_of(files) -%}
    [
        {%- for file in files %}
        {{ exact_text_literal(file.path) }}{{ ',' if not loop.last }}
        {%- endfor %}
    ]
{%- endmacro %}

{# Letters that were read byte by byte as Latin-1, read as UTF-8; fails where they are none. #}
{% macro utf_8_of_latin_1(letters) -%}
    decode(unhex(array_to_string(
        list_transform(
            string_split({{ letters }}, ''), lambda letter: printf('%02x', unicode(letter))
        ),
        ''
    )))
{%- endmacro %}
