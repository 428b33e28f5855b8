{#
    Stops a build, before anything is built, when what an enabled source delivers is not there,
    cannot be read or not laid out as the project says: one sentence that names file, line and
    column.
#}
{% macro check_landing() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'seed') -%}
        {%- do check_seeds('reference') -%}
        {%- for source in enabled_sources() -%}
            {%- do check_seeds(source) -%}
            {%- if var('landed_tables')[source] is mapping -%}
                {%- for sentence in landing_of(source).stops -%}
                    {{ exceptions.raise_compiler_error(sentence) }}
                {%- endfor -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if enabled_sources() != ['sample']
            and env_var('CONTACT_CENTER_SALT', '') in ('', 'sample-salt') -%}
            {{ exceptions.raise_compiler_error(
                "The environment variable CONTACT_CENTER_SALT is not set to a secret: without one,"
                ~ " anybody can find out whose hash is whose. Set it to a long random text, and"
                ~ " keep that: another one makes every customer a new one."
            ) }}
        {%- endif -%}
        {%- if reason_not_to_forget() -%}
            {{ exceptions.raise_compiler_error(reason_not_to_forget()) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Seeds are loaded by column name. A seed that is not there at all stops dbt while it parses. #}
{% macro check_seeds(folder) -%}
    {{ return(adapter.dispatch('check_seeds')(folder)) }}
{%- endmacro %}

{# Other engines stop at the seed, and say which column they miss. #}
{% macro default__check_seeds(folder) -%}{%- endmacro %}

{% macro duckdb__check_seeds(folder) -%}
    {%- for seed in graph.nodes.values()
        if seed.resource_type == 'seed' and seed.fqn[1] == folder -%}
        {%- set path = seed.original_file_path -%}
        {%- set header = columns_of_file(path) -%}
        {%- for column in seed.columns if column not in header -%}
            {{ exceptions.raise_compiler_error(
                "The seed " ~ path ~ " lacks the column '" ~ column ~ "'."
            ) }}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
