{# The names in the variable `sources`, or a stop that says which names exist. #}
{% macro enabled_sources() -%}
    {%- set sources = var('sources') -%}
    {%- set known = var('source_entities').keys() | list -%}
    {%- if sources is string -%}
        {{ exceptions.raise_compiler_error(
            "The variable `sources` must be a list of names, such as [" ~ sources ~ "]."
        ) }}
    {%- endif -%}
    {%- for source in sources if source not in known -%}
        {{ exceptions.raise_compiler_error(
            "The variable `sources` names the source '" ~ source ~ "', which does not exist: "
            ~ "the sources that exist are " ~ known | join(', ') ~ "."
        ) }}
    {%- endfor -%}
    {{ return(sources) }}
{%- endmacro %}

{# For an SQL list: the enabled sources that deliver an entity, or no name when none does. #}
{% macro sources_that_deliver(entity) -%}
    {%- set names = [] -%}
    {%- for source in enabled_sources()
        if entity in var('source_entities')[source] and may_have_landed(source, entity) -%}
        {%- do names.append("'" ~ source ~ "'") -%}
    {%- endfor -%}
    {{ names | join(', ') or "''" }}
{%- endmacro %}

{#
    An entity that lands as a table of its own name is delivered only where such a file is there, or
    was when this build goes on from one that read it.
#}
{% macro may_have_landed(source, entity) -%}
    {%- set tables = var('landed_tables')[source] -%}
    {{ return(
        not execute
        or tables is not mapping
        or entity not in tables
        or landed_file_groups(source, entity) | length > 0
        or (
            source in sliced_sources()
            and last_green_build() is not none
            and entity in tables_read_before()
        )
    ) }}
{%- endmacro %}
