{#
    The last on-run-end hook. A `dbt build` of the whole project whose every result is green also
    publishes the served file, unless an expectation of severity error fails; a failed publishing
    fails the run. Any other run, and one with --vars '{publish: false}', leaves the served file
    as it is.
#}
{% macro publish_when_green(results) -%}
    {{ return(adapter.dispatch('publish_when_green')(results)) }}
{%- endmacro %}

{# Only DuckDB has a served file. #}
{% macro default__publish_when_green(results) -%}{%- endmacro %}

{% macro duckdb__publish_when_green(results) -%}
    {%- if execute and flags.WHICH == 'build' and var('publish') -%}
        {%- set reason = reason_not_to_publish(results) -%}
        {%- if reason -%}
            {%- do log('Not published: ' ~ reason ~ '.', info=true) -%}
        {%- else -%}
            {%- if var('quality') -%}
                {%- do log('Checking the expectations before publishing ...', info=true) -%}
            {%- endif -%}
            {%- set outcome = {'quality': var('quality')} -%}
            {%- do adapter.store_relation('publish_plugin', none, [], none, none, outcome) -%}
            {%- if outcome.published -%}
                {%- do log(outcome.message, info=true) -%}
            {%- else -%}
                select error({{ exact_text_literal(outcome.message) }})
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro reason_not_to_publish(results) -%}
    {%- set green = ['success', 'pass', 'warn', 'no-op'] -%}
    {%- set not_green = results | rejectattr('status', 'in', green) | list -%}
    {#- The graph holds the tests of a model that is switched off; a build leaves them out. -#}
    {%- set whole = graph.nodes.values()
        | selectattr('config.enabled')
        | selectattr('resource_type', 'in', ['seed', 'snapshot', 'model', 'test'])
        | rejectattr('config.materialized', 'equalto', 'ephemeral')
        | map(attribute='unique_id') | list -%}
    {%- set built = results | map(attribute='node.unique_id') | list -%}
    {%- if not_green -%}
        {{ return('the build is not green') }}
    {%- elif whole | reject('in', built) | list or flags.EMPTY or flags.SAMPLE -%}
        {{ return('only a part of the project was built') }}
    {%- endif -%}
    {{ return('') }}
{%- endmacro %}
