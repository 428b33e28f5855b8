{#
    On Spark Parquet lands as tables of the schema `landing_schema`, one per table of the source: to
    the macros that read files each of them is one file. A table that is not there has not landed.
#}
{% macro spark__landing_of(source, table=none) -%}
    {%- set schema = var('landing_schema') -%}
    {%- set declared = var('landed_tables')[source] -%}
    {%- set landing = {'files': [], 'stops': []} -%}
    {%- if source != 'files' -%}
        {%- do landing.stops.append(
            "Spark reads no landed files of the source '" ~ source ~ "', only tables of the source"
            ~ " 'files': see docs/scaling.md."
        ) -%}
    {%- endif -%}
    {%- for name in ([table] if table else declared) if source == 'files' -%}
        {%- set relation = adapter.get_relation(none, schema, name) -%}
        {%- if relation is not none -%}
            {%- set columns = adapter.get_columns_in_relation(relation) -%}
            {%- set names = columns | map(attribute='name') | map('lower') | list -%}
            {%- do landing.files.append({
                'table': name,
                'name': relation | string,
                'is_parquet': true,
                'columns': names,
                'types': columns | map(attribute='dtype') | map('upper') | list,
                'signature': '',
            }) -%}
            {%- for column in declared[name].columns if column not in names -%}
                {%- do landing.stops.append(
                    "The table " ~ schema ~ "." ~ name ~ " lacks the column '" ~ column
                    ~ "' that the table " ~ name ~ " must have."
                ) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if source == 'files' and not table and not landing.files -%}
        {%- do landing.stops.append(
            "Nothing of the source 'files' has landed: the schema " ~ schema ~ " has no table"
            ~ " contacts, nor another of its " ~ declared | length ~ " tables."
        ) -%}
    {%- endif -%}
    {{ return(landing) }}
{%- endmacro %}

{# Several centers are told apart by a column source_instance, such as that of a partition. #}
{% macro spark__rows_of_parquet(files, columns, timestamps=none) -%}
    (
        select
            {% if 'source_instance' in files[0].columns -%}
            coalesce(nullif(trim(cast(source_instance as string)), ''), 'default')
            {%- else -%}
            'default'
            {%- endif %} as source_instance,
            _metadata.file_path as source_file,
            _metadata.row_index + 1 as source_row,
            cast(null as string) as line,
            false as is_malformed
            {{ values_of_parquet(files[0], columns, timestamps) }}
        from {{ files[0].name }}
    )
{%- endmacro %}

{# What a build on Spark would else pass over in silence. #}
{% macro spark__reason_not_to_forget() -%}
    {%- if enabled_sources() == ['sample'] -%}
        {{ return('') }}
    {%- elif env_var('CONTACT_CENTER_FORGOTTEN', '') != 'none' -%}
        {{ return(
            "Spark does not read the list of forgotten customers: take whoever is on it out of what"
            ~ " has landed, and set CONTACT_CENTER_FORGOTTEN to none; see docs/scaling.md."
        ) }}
    {%- elif kept_from('quarantine') and var('keep_quarantined_text') -%}
        {{ return(
            "Spark does not know how old a landed file is: set the variable keep_quarantined_text"
            ~ " to false, or retention_months.quarantine to null."
        ) }}
    {%- endif -%}
    {{ return('') }}
{%- endmacro %}
