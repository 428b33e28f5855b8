{#
    Spark reads a seed as the file it is: dbt would put every value into the text of a statement,
    which takes minutes. A column that the file lacks stops the build here.
#}
{% materialization seed, adapter='spark' -%}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set types = config.get('column_types', {}) -%}
    {#- dbt asks for it, but shows its rows only with --show. -#}
    {%- do store_result('agate_table', response='OK', agate_table=none) -%}
    {%- do adapter.drop_relation(relation) -%}
    {%- call statement('read_seed') -%}
        create or replace temporary view {{ model.name }}_seed
        using csv options (
            path {{ exact_text_literal(var('spark_seed_root') ~ '/' ~ model.original_file_path) }},
            header 'true',
            escape '"',
            multiLine 'true'
        )
    {%- endcall -%}
    {%- call statement('main') -%}
        create table {{ relation }}
        {{ comment_clause() }}
        as
        select
        {%- for column in model.columns %}
            cast(
                {{ adapter.quote(column) }} as {{ column_type(types.get(column, 'varchar')) }}
            ) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
        from {{ model.name }}_seed
    {%- endcall -%}
    {{ return({'relations': [relation]}) }}
{%- endmaterialization %}
