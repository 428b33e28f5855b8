-- One row per build: the one that made this file.
{%- set commit = built_commit() %}
select
    {{ build_started_at() }} as built_at,
    '{{ invocation_id }}' as invocation_id,
    {{ text_or_null(commit.id) }} as git_commit,
    cast({{ 'null' if commit.is_changed is not defined else commit.is_changed }} as boolean)
        as is_changed_since_commit,
    '{{ dbt_version }}' as dbt_version,
    '{{ target.type }}' as engine,
    version() as engine_version,
    {{ exact_text_literal(var('sources') | join(', ')) }} as sources,
    {{ text_of('reporting_timezone') }} as reporting_timezone
