{#
    What is known of customers who asked to be forgotten, a list of dicts: `fingerprint`, a digest
    of the salted hash of something that a source knows a customer by, and `pseudonym`, a random
    text that takes the hash's place. scripts/forgotten.py keeps it; docs/privacy.md tells why so.
#}
{% macro forgotten_customers() -%}
    {{ return(adapter.dispatch('forgotten_customers')()) }}
{%- endmacro %}

{# Only DuckDB reads landed files. #}
{% macro default__forgotten_customers() -%}
    {{ return([]) }}
{%- endmacro %}

{# While dbt parses nobody can be asked, and nothing is built. #}
{% macro duckdb__forgotten_customers() -%}
    {{ return(list_of_the_forgotten().forgotten if execute else []) }}
{%- endmacro %}

{# Why a build cannot forget whom it has to, in one sentence; '' where nothing stops it. #}
{% macro reason_not_to_forget() -%}
    {{ return(adapter.dispatch('reason_not_to_forget')()) }}
{%- endmacro %}

{% macro default__reason_not_to_forget() -%}
    {{ return('') }}
{%- endmacro %}

{% macro duckdb__reason_not_to_forget() -%}
    {{ return(list_of_the_forgotten().stop) }}
{%- endmacro %}

{# The plugin's answer: who is `forgotten`, and what has to `stop` a build. #}
{% macro list_of_the_forgotten() -%}
    {%- set answer = {
        'forgotten_under': env_var('CONTACT_CENTER_SALT', 'sample-salt'),
        'invocation_id': invocation_id,
    } -%}
    {%- do adapter.store_relation('landing_plugin', none, [], none, none, answer) -%}
    {{ return(answer) }}
{%- endmacro %}
