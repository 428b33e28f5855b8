{#
    Stops a build, before anything is built, when what an enabled source delivers is not there or
    not laid out as the project says: one sentence that names the file and the column.
#}
{% macro check_landing() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'seed') -%}
        {%- do check_seeds('reference') -%}
        {%- for source in enabled_sources() -%}
            {%- do check_seeds(source) -%}
            {%- for table in var('landed_files').get(source, {}) -%}
                {%- do check_landed_files(source, table) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if enabled_sources() != ['sample'] and not env_var('CONTACT_CENTER_SALT', '') -%}
            {%- do log(
                "CONTACT_CENTER_SALT is not set: customers are hashed with the public salt of the"
                ~ " sample. Set it to a secret before you load real customers.",
                info=true
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Seeds are loaded by column name. A seed that is not there at all stops dbt while it parses. #}
{% macro check_seeds(folder) -%}
    {%- for seed in graph.nodes.values()
        if seed.resource_type == 'seed' and seed.fqn[1] == folder -%}
        {%- set path = seed.original_file_path -%}
        {%- set header = landed_headers(path, ',').get(path, []) -%}
        {%- for column in seed.columns if column not in header -%}
            {{ exceptions.raise_compiler_error(
                "The seed " ~ path ~ " lacks the column '" ~ column ~ "'."
            ) }}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{% macro check_landed_files(source, table) -%}
    {%- set landed = var('landed_files')[source][table] -%}
    {%- set path = landed_path(source, table) -%}
    {%- set headers = landed_headers(
        path, landed.delimiter, landed.get('encoding', 'utf-8')
    ) -%}
    {%- if not headers -%}
        {{ exceptions.raise_compiler_error(
            "No file of the source '" ~ source ~ "' has landed: nothing matches " ~ path ~ "."
        ) }}
    {%- endif -%}
    {%- for file, header in headers.items() -%}
        {%- for column in landed.columns -%}
            {%- set found = header[loop.index0] | default(none) -%}
            {%- if found != column -%}
                {{ exceptions.raise_compiler_error(
                    "The file " ~ file ~ " must have the column '" ~ column ~ "' in place "
                    ~ loop.index ~ " of its header, where it has "
                    ~ ("'" ~ found ~ "'" if found else "nothing") ~ "."
                ) }}
            {%- endif -%}
        {%- endfor -%}
        {%- if header | length > landed.columns | length -%}
            {{ exceptions.raise_compiler_error(
                "The file " ~ file ~ " has the column '" ~ header[landed.columns | length]
                ~ "' behind the last one that is expected, '" ~ landed.columns | last ~ "'."
            ) }}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{# Column names by file that matches the path; an empty list where a file is empty. #}
{% macro landed_headers(path, delimiter, encoding='utf-8') -%}
    {%- set files = run_query(
        'select file from glob(' ~ exact_text_literal(path) ~ ') order by file'
    ) -%}
    {%- set headers = {} -%}
    {%- for file in files.columns[0].values() -%}
        {%- set lines = run_query(
            'select line from ' ~ landed_lines_with_header(file, encoding) ~ ' where source_row = 0'
        ) -%}
        {%- set names = [] -%}
        {%- for line in lines.columns[0].values() -%}
            {#- A byte-order mark, as UTF-8 and as Latin-1 show it, is no part of a name. -#}
            {%- for name in line.lstrip('\ufeff').removeprefix('ï»¿').split(delimiter) -%}
                {%- do names.append(name.strip().strip('"')) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- do headers.update({file: names}) -%}
    {%- endfor -%}
    {{ return(headers) }}
{%- endmacro %}
