{#
    In place of dbt's own of the same names, which cast each cell of each row by itself and make a
    temporary table to learn the types of the result: that was half of the time of a unit test.
#}

{# The rows given for an input, as a query with all columns of the relation that they stand for. #}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
    {%- set relation = defer_relation if defer_relation and not load_relation(this) else this -%}
    {{- typed_rows(rows, columns_of('select * from ' ~ relation), model.name) -}}
{%- endmacro %}

{%- materialization unit, default -%}
    {%- set rows = config.get('expected_rows') -%}
    {%- set columns = columns_of(sql) -%}
    {%- set expected = config.get('expected_sql')
        or typed_rows(rows, columns, 'the expected rows') -%}
    {%- set compared = [] -%}
    {%- for name in given_names(rows) or columns | map(attribute='name') -%}
        {%- do compared.append(adapter.quote(name)) -%}
    {%- endfor -%}
    {%- call statement('main', fetch_result=True) -%}
        {{ get_unit_test_sql(sql, expected, compared) }}
    {%- endcall -%}
    {{ return({'relations': []}) }}
{%- endmaterialization -%}

{# Rows as a query: written as text, NULL where a row says nothing, and cast column by column. #}
{% macro typed_rows(rows, columns, described_as) -%}
    {%- set given = given_names(rows) -%}
    {%- set known = columns | map(attribute='name') | map('lower') | list -%}
    {%- for name in given if name not in known -%}
        {{ exceptions.raise_compiler_error(
            "Invalid column name: '" ~ name ~ "' in " ~ described_as
            ~ ", which has " ~ known | join(', ')
        ) }}
    {%- endfor -%}
    {%- set escaped_quote = dbt.escape_single_quotes("'") -%}
    select
    {%- for column in columns %}
        {%- set name = column.name | lower %}
        {%- set quoted = adapter.quote(name) %}
        cast({{ quoted if name in given else 'null' }} as {{ column.dtype }}) as {{ quoted }}
        {{- ',' if not loop.last }}
    {%- endfor %}
    {%- if given %}
    from (
        values
        {%- for row in rows %}
            (
            {%- for name in given -%}
                {%- set value = row.get(name) -%}
                {%- set text = value | string | replace("'", escaped_quote) -%}
                {{- 'null' if value is none else "'" ~ text ~ "'" -}}
                {{- ', ' if not loop.last -}}
            {%- endfor -%}
            ){{ ',' if not loop.last }}
        {%- endfor %}
    ) as given_rows ({{ given | join(', ') }})
    {%- endif %}
    {{- ' limit 0' if not rows }}
{%- endmacro %}

{# Names of the columns of which rows say something. #}
{% macro given_names(rows) -%}
    {%- set names = {} -%}
    {%- for row in rows -%}
        {%- do names.update(row) -%}
    {%- endfor -%}
    {{ return(names.keys() | list) }}
{%- endmacro %}
