{#
    The commit of this project that is built, as `id`, and whether files are other than in it, as
    `is_changed`; neither without git.
#}
{% macro built_commit() -%}
    {{ return(adapter.dispatch('built_commit')()) }}
{%- endmacro %}

{# A plugin of dbt-duckdb asks git; other adapters have no plugins. #}
{% macro default__built_commit() -%}
    {{ return({}) }}
{%- endmacro %}

{% macro duckdb__built_commit() -%}
    {%- set commit = {} -%}
    {%- if execute -%}
        {%- do adapter.store_relation('commit_plugin', none, [], none, none, commit) -%}
    {%- endif -%}
    {{ return(commit) }}
{%- endmacro %}

{#
    A hook after a run that built test_results: fills it with the data tests of the run, which are
    known only now. On an engine without a served file it stays empty.
#}
{% macro note_test_results(results) -%}
    {{ return(adapter.dispatch('note_test_results')(results)) }}
{%- endmacro %}

{% macro default__note_test_results(results) -%}{%- endmacro %}

{% macro duckdb__note_test_results(results) -%}
    {%- set built = results | selectattr('node.name', 'equalto', 'test_results')
        | selectattr('status', 'equalto', 'success') | list -%}
    {%- set tests = results | selectattr('node.resource_type', 'equalto', 'test') | list -%}
    {%- if execute and built and tests -%}
        insert into {{ built[0].node.relation_name }} values
        {%- for result in tests %}
            {%- set test = result.node -%}
            {%- set models = [] -%}
            {%- set attached = [test.attached_node] | select | list -%}
            {%- for unique_id in attached or test.depends_on.nodes -%}
                {%- do models.append(unique_id.split('.')[2]) -%}
            {%- endfor %}
            (
                {{ text_literal(test.name) }},
                {{ text_or_null(models | join(', ')) }},
                {{ text_or_null(test.column_name) }},
                '{{ test.config.severity | lower }}',
                '{{ result.status }}',
                {{ 'null' if result.failures is none else result.failures }},
                {{ result.execution_time }}
            ){{ ',' if not loop.last }}
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
