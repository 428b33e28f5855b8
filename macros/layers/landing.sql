{% macro row_as_text(alias) -%}
    {{ return(adapter.dispatch('row_as_text')(alias)) }}
{%- endmacro %}

{% macro duckdb__row_as_text(alias) -%}
    cast(to_json({{ alias }}) as varchar)
{%- endmacro %}

{# The same for every row of a build, so that a build is told by it. #}
{% macro build_started_at() -%}
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp)
{%- endmacro %}

{#
    What becomes of a landed row, in three columns, by its copy_number, quarantine_reason and
    version_rank: of the versions of one id the newest is used.
#}
{% macro fate_of_versions() -%}
    case
        when copy_number > 1 then 'duplicate'
        when quarantine_reason is not null then 'quarantined'
        when version_rank > 1 then 'dropped'
        else 'used'
    end as row_status,
    case
        when copy_number > 1 then 'exact_duplicate'
        when quarantine_reason is not null then quarantine_reason
        when version_rank > 1 then 'superseded_version'
    end as row_status_reason,
    case
        when copy_number = 1 and quarantine_reason is not null then row_text
    end as raw_values
{%- endmacro %}
