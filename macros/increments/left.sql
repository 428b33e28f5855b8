{#
    What a build leaves as it is. When the build before it was green and by the same rules, a node
    whose inputs were all left has nothing new to tell: a seed, an incremental model without new
    files, a table with the SQL that it had then. So a day of contacts does not pay for surveys,
    tickets and costs. A view with that SQL need not be made again, whatever its inputs hold.
#}
{% macro is_left() -%}
    {%- if not is_gone_on_from() or not load_cached_relation(this) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set is_left = has_nothing_new() -%}
    {%- if is_left -%}
        {#- Else nothing is said yet: an answer stays, and a table may come out as before. -#}
        {%- do remembered('left ' ~ model.unique_id, {'value': true}) -%}
    {%- endif -%}
    {{ return(is_left or (model.config.materialized == 'view' and has_green_sql())) }}
{%- endmacro %}

{# Tables of the schema `meta` tell of each build: it fills some of them when it ends. #}
{% macro has_nothing_new() -%}
    {%- if model.resource_type == 'seed' -%}
        {{ return(true) }}
    {%- endif -%}
    {%- if model.fqn[1] == 'staging' and rows_before(this) == 0 and not reads_new_files() -%}
        {#- Nothing that others say makes rows of a table without any. -#}
        {{ return(true) }}
    {%- endif -%}
    {%- if has_no_rows_of_its_own() -%}
        {{ return(true) }}
    {%- endif -%}
    {%- for unique_id in model.depends_on.nodes
        if not remembered('left ' ~ unique_id).get('value') -%}
        {{ return(false) }}
    {%- endfor -%}
    {%- if model.fqn[1] == 'meta' or reads_new_files() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- if model.config.materialized == 'incremental' -%}
        {{ return(not should_full_refresh()) }}
    {%- endif -%}
    {{ return(has_green_sql()) }}
{%- endmacro %}

{#
    Whether what the model is about is not there: with `meta: {rows_of: int_tickets}` it has rows
    only where that model has some. Other inputs may be large.
#}
{% macro has_no_rows_of_its_own() -%}
    {%- set name = model.config.meta.get('rows_of') -%}
    {{ return(
        name
        and is_left_by_this_build(name)
        and rows_before(ref(name)) == 0
        and rows_before(this) == 0
    ) }}
{%- endmacro %}

{# Whether the rows of a table are compared with those that it had, for these were few. #}
{% macro is_compared() -%}
    {{ return(
        is_gone_on_from()
        and model.fqn[1] != 'meta'
        and 0 <= rows_before(this) <= 100000
    ) }}
{%- endmacro %}

{# About how many rows a table had when this build began; -1 where there was none. #}
{% macro rows_before(relation) -%}
    {%- set question = 'rows before' -%}
    {%- if 'value' not in remembered(question) -%}
        {%- set counts = {} -%}
        {%- for row in run_query(
            'select schema_name, table_name, estimated_size from duckdb_tables()'
        ).rows -%}
            {%- do counts.update({row[0] ~ '.' ~ row[1]: row[2]}) -%}
        {%- endfor -%}
        {%- do remembered(question, {'value': counts}) -%}
    {%- endif -%}
    {{ return(remembered(question).value.get(relation.schema ~ '.' ~ relation.identifier, -1)) }}
{%- endmacro %}

{# Of a source that cannot be sliced every landed file is new. #}
{% macro reads_new_files() -%}
    {%- set source = model.fqn[2] -%}
    {%- if model.fqn[1] != 'staging' or var('landed_tables')[source] is not mapping -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(source not in sliced_sources() or unread_files() | length > 0) }}
{%- endmacro %}

{# Whether this build follows a green one by the same rules: a backfill may go by others. #}
{% macro is_gone_on_from() -%}
    {{ return(follows_green_build() and not is_backfill()) }}
{%- endmacro %}

{# Whether the SQL of the model is to a letter what the last green build ran. #}
{% macro has_green_sql() -%}
    {%- set question = 'green sql' -%}
    {%- if 'value' not in remembered(question) -%}
        {%- set digests = {} -%}
        {%- for row in run_query('select unique_id, digest from ' ~ book('green_sql')).rows -%}
            {%- do digests.update({row[0]: row[1]}) -%}
        {%- endfor -%}
        {%- do remembered(question, {'value': digests}) -%}
    {%- endif -%}
    {{ return(remembered(question).value.get(model.unique_id) == local_md5(sql)) }}
{%- endmacro %}

{# Part of the hook after a green build. #}
{% macro keep_sql(results) -%}
    create or replace table {{ book('green_sql') }} as
    select *
    from (
        values
        {%- for node in results | map(attribute='node')
            if node.resource_type == 'model' and node.config.materialized != 'incremental' %}
        ('{{ node.unique_id }}', '{{ local_md5(node.compiled_code) }}'),
        {%- endfor %}
        ('', '')
    ) as models (unique_id, digest);
{%- endmacro %}

{# Whether this build came to the model and left it. #}
{% macro is_left_by_this_build(name) -%}
    {{ return(remembered('left model.' ~ project_name ~ '.' ~ name).get('value')) }}
{%- endmacro %}

{# Whether this build is done with the model: what is asked of it has one answer from now on. #}
{% macro is_settled(name) -%}
    {{ return(
        is_left_by_this_build(name)
        or remembered('built model.' ~ project_name ~ '.' ~ name).get('value')
    ) }}
{%- endmacro %}
