{#
    One row per JSON document of the landed files of one table: source_instance, source_file,
    source_row (of the line it begins in), document (NULL where the text is none) and line (the text
    of what is no document). A document is an object with the declared `document_key`; documents may
    stand one per line, one behind the other or over several lines, and as the elements of the list
    `document_list` of a larger one. Files may also be Parquet, with a column per key.
#}
{% macro landed_documents(source, table) -%}
    {%- set declared = var('landed_tables')[source][table] -%}
    (
        {%- for files in landed_file_groups(source, table) %}
        {%- if files[0].is_parquet %}
        select
            source_instance,
            source_file,
            source_row,
            line as document,
            cast(null as string) as line
        from {{ rows_of_parquet(files, []) }}
        {%- else %}
        select * from {{ documents_of_files(
            files, declared.document_key, declared.get('document_list')
        ) }}
        {%- endif %}
        {% if not loop.last %}union all{% endif %}
        {%- else %}
        select
            cast(null as string) as source_instance,
            cast(null as string) as source_file,
            cast(null as bigint) as source_row,
            cast(null as string) as document,
            cast(null as string) as line
        where false
        {%- endfor %}
    )
{%- endmacro %}

{#
    Most lines are a document. Those that are none are joined with their neighbors of the same kind,
    all lines where a page may begin with the first one, and cut where an object follows another. A
    piece that is no document falls back into its lines, some of which may be elements of a page.
#}
{% macro documents_of_files(files, key, list_key) -%}
    (
        with

        read_lines as materialized (

            select
                *,
                {{ is_document('line', key, list_key) }} as is_document
            from {{ lines_of_files(files) }}

        ),

        {%- if list_key %}

        lines as (

            select
                source_instance,
                source_file,
                source_row,
                line,
                is_document and source_file not in (
                    select first_lines.source_file
                    from read_lines as first_lines
                    where first_lines.source_row = 1 and not first_lines.is_document
                ) as is_document
            from read_lines

        ),
        {%- else %}

        lines as (

            select * from read_lines

        ),
        {%- endif %}

        blocks as (

            select
                source_instance,
                source_file,
                block,
                min(source_row) as first_row,
                {{ joined_texts('line', 'chr(10)', 'source_row') }} as text
            from (
                select
                    *,
                    source_row - row_number() over (
                        partition by source_file
                        order by source_row
                    ) as block
                from lines
                where not is_document
            )
            group by source_instance, source_file, block

        ),

        pieces as (

            select
                source_instance,
                source_file,
                block,
                first_row,
                piece_number,
                piece,
                {{ is_document('piece', key, list_key) }} as is_document,
                length(piece) - length(replace(piece, chr(10), '')) as line_ends
            from (
                select
                    source_instance,
                    source_file,
                    block,
                    first_row,
                    {{ each_with_number(objects_in_a_row('text'), 'piece', 'piece_number') }}
                from blocks
            )

        ),

        placed_pieces as (

            select
                *,
                first_row + coalesce(sum(line_ends) over (
                    partition by source_file, block
                    order by piece_number
                    rows between unbounded preceding and 1 preceding
                ), 0) as source_row
            from pieces

        ),

        lines_of_pieces as (

            select
                source_instance,
                source_file,
                cast(source_row + line_number - 1 as bigint) as source_row,
                line,
                {{ is_document("rtrim(rtrim(line), ',')", key, list_key) }} as is_document
            from (
                select
                    source_instance,
                    source_file,
                    source_row,
                    {{ each_with_number(split_fields('piece', '\n'), 'line', 'line_number') }}
                from placed_pieces
                where not is_document
            )

        ),

        documents as (

            select
                source_instance,
                source_file,
                source_row,
                line as document
            from lines
            where is_document

            union all

            select
                source_instance,
                source_file,
                cast(source_row as bigint) as source_row,
                piece as document
            from placed_pieces
            where is_document

            union all

            select
                source_instance,
                source_file,
                source_row,
                rtrim(rtrim(line), ',') as document
            from lines_of_pieces
            where is_document

        )

        select
            source_instance,
            source_file,
            source_row,
            {%- if list_key %}
            {{ each_listed_document('document', list_key) }} as document,
            {%- else %}
            document,
            {%- endif %}
            cast(null as string) as line
        from documents

        union all

        select
            source_instance,
            source_file,
            source_row,
            cast(null as string) as document,
            line
        from lines_of_pieces
        where not is_document and trim(line) <> ''
    )
{%- endmacro %}
