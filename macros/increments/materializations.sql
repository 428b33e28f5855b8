{#
    How relations are made in DuckDB: dbt's own way, but for what a build that goes on from a green
    one need not make again (is_left), or can add to what is there.
#}
{% materialization view, adapter='duckdb' -%}
    {{ return(left_as('view') if is_left() else built(dbt.materialization_view_default())) }}
{%- endmaterialization %}

{% materialization table, adapter='duckdb' -%}
    {%- if is_left() -%}
        {{ return(left_as('table')) }}
    {%- elif is_compared() -%}
        {{ return(replaced_if_changed()) }}
    {%- endif -%}
    {{ return(built(dbt.materialization_table_duckdb())) }}
{%- endmaterialization %}

{% materialization incremental, adapter='duckdb' -%}
    {%- if is_left() -%}
        {{ return(left_as('table')) }}
    {%- elif is_incremental() and is_gone_on_from()
        and config.get('incremental_strategy') == 'append' -%}
        {{ return(built(appended())) }}
    {%- endif -%}
    {{ return(built(dbt.materialization_incremental_duckdb())) }}
{%- endmaterialization %}

{% materialization seed, adapter='duckdb' -%}
    {%- if is_left() -%}
        {#- dbt asks for it, but shows its rows only with --show. -#}
        {%- do store_result('agate_table', response='OK', agate_table=none) -%}
        {{ return(left_as('table')) }}
    {%- endif -%}
    {{ return(built(dbt.materialization_seed_default())) }}
{%- endmaterialization %}

{# What dbt is told of a relation that was left as it is. #}
{% macro left_as(type) -%}
    {%- call noop_statement('main', 'UNCHANGED') -%}{%- endcall -%}
    {{ return({'relations': [this.incorporate(type=type)]}) }}
{%- endmacro %}

{# From now on what a build asks of the relation has one answer (is_settled). #}
{% macro built(relations) -%}
    {%- do remembered('built ' ~ model.unique_id, {'value': true}) -%}
    {{ return(relations) }}
{%- endmacro %}

{#
    The hooks took out what is worked out again. dbt would write it to a table beside, look up the
    columns of both, and set all comments once more.
#}
{% macro appended() -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        insert into {{ this }} by name ({{ sql }})
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{%- endmacro %}

{#
    A small table that comes out as it was is left, and with it what is made of it. Else its rows
    are replaced in the table that is there.
#}
{% macro replaced_if_changed() -%}
    {%- set new = 'new_' ~ this.identifier -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        create temporary table {{ new }} as {{ sql }}
    {%- endcall -%}
    {%- set is_same = not run_query(
        'select 1 from ((select * from ' ~ this ~ ' except all select * from ' ~ new ~ ')'
        ~ ' union all (select * from ' ~ new ~ ' except all select * from ' ~ this ~ '))'
        ~ ' as changes limit 1'
    ).rows -%}
    {%- if not is_same -%}
        {%- call statement('replace') -%}
            delete from {{ this }};
            insert into {{ this }} by name (select * from {{ new }})
        {%- endcall -%}
    {%- endif -%}
    {%- call statement('forget') -%}
        drop table {{ new }}
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {%- if is_same -%}
        {%- do remembered('left ' ~ model.unique_id, {'value': true}) -%}
        {{ return(left_as('table')) }}
    {%- endif -%}
    {{ return(built({'relations': [this.incorporate(type='table')]})) }}
{%- endmacro %}

{#
    dbt's own macro, with all comments in one statement and without a look at the columns where a
    contract tells them.
#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments = [] -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do comments.append(alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() -%}
        {%- set has_contract = config.get('contract') and config.get('contract').enforced -%}
        {%- set existing = model.columns if has_contract
            else columns_of_built(relation) -%}
        {%- for column in model.columns.values() if column.name in existing -%}
            {%- do comments.append(
                'comment on column ' ~ relation ~ '.' ~ adapter.quote(column.name) ~ ' is '
                ~ duckdb_escape_comment(column.description) ~ ';'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if comments -%}
        {%- do run_query(comments | join('\n')) -%}
    {%- endif -%}
{%- endmacro %}
