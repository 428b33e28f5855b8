{#
    What has landed of a source: `files`, a list of dicts (table, instance, path, name, is_parquet,
    delimiter, has_header, has_quotes, columns, encoding, types), and `stops`, sentences about what
    must stop a build. Who wants the files of one table alone names it, for engines that look each
    table up.
#}
{% macro landing_of(source, table=none) -%}
    {{ return(adapter.dispatch('landing_of')(source, table)) }}
{%- endmacro %}

{# One list serves all tables and a whole run of dbt. #}
{% macro duckdb__landing_of(source, table=none) -%}
    {%- set landing = {
        'invocation_id': invocation_id,
        'root': var('landing_root'),
        'source': source,
        'tables': var('landed_tables')[source],
    } -%}
    {%- do adapter.store_relation('landing_plugin', none, [], none, none, landing) -%}
    {{ return(landing) }}
{%- endmacro %}

{#
    The landed files of one table in groups that are read alike: of one instance, one format, one
    encoding, one header and the same types. `unread_only` leaves out those that were read since the
    last full build and have not changed.
#}
{% macro landed_file_groups(source, table, unread_only=false) -%}
    {%- set groups = {} -%}
    {%- if execute -%}
        {%- set read_files = files_read_before(table) if unread_only else {} -%}
        {%- for file in landing_of(source, table).files
            if file.table == table and read_files.get(file.name) != file.signature -%}
            {%- set key = [
                file.instance, file.is_parquet, file.delimiter, file.has_header, file.has_quotes,
                file.encoding, file.columns | join('|'), file.types | join('|'),
            ] | string -%}
            {%- do groups.setdefault(key, []).append(file) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(groups.values() | list) }}
{%- endmacro %}

{# Names of the landed files of a table whose header lacks a column. #}
{% macro files_without_column(source, table, column) -%}
    {%- set names = [] -%}
    {%- for files in landed_file_groups(source, table) if column not in files[0].columns -%}
        {%- do names.extend(files | map(attribute='name')) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# The columns of a table in the order of its declaration, required ones first. #}
{% macro landed_columns(source, table) -%}
    {%- set declared = var('landed_tables')[source][table] -%}
    {{ return(declared.get('columns', []) + declared.get('optional_columns', [])) }}
{%- endmacro %}

{# The header of a comma-separated file, as a list. #}
{% macro columns_of_file(path) -%}
    {%- set answer = {'columns_of': path} -%}
    {%- do adapter.store_relation('landing_plugin', none, [], none, none, answer) -%}
    {{ return(answer.columns) }}
{%- endmacro %}
