{#
    What a build must know of those before it, in tables of the schema `increments`:
    - green_builds: when the last build began that built every model, by which rules, and whether
      nothing was built since
    - green_sql: digests of the SQL of the tables and views that it built
    - landed_files: files of sliced sources that were read, with what tells whether they changed,
      and how many rows they held
    - removed_rows: rows of files that changed, as they were
    - touched_dates: dates of a fact on which rows came or went
    - touched_customers: customers of whom a contact came, changed or went
    - touched_journeys: customers with whose contact such a contact is in a chain, or was
    - green_horizons, green_plan_horizons: how far the data of each source reached in the last green
      build, and in which time its plans counted
    - green_<directory>: directories as they were then
    - quiet_moments: when a state of an agent began after none, a bound for slices of his or her
      time

    A hook before a build makes them; where that one works everything out anew it makes them afresh.
#}
{% macro open_books() -%}
    {#- The rules are those of now: somebody may change a model before the last one is built. -#}
    {%- do rules_of_this_build() if execute and sliced_sources() -%}
    {%- if not execute or flags.WHICH not in ('build', 'run', 'seed') -%}
    {%- elif not sliced_sources() or (flags.WHICH == 'seed' and last_green_build() is none) -%}
        {%- if are_books_open() -%}
            {#- Now the file holds what other rules made. -#}
            delete from {{ book('green_builds') }};
        {%- endif -%}
    {%- elif last_green_build() is not none -%}
        {%- do follows_green_build() -%}
        {#- What a backfill by other rules leaves behind is by those. -#}
        update {{ book('green_builds') }}
        set is_last = false, rules = '{{ rules_of_this_build() }}';
    {%- else -%}
        {%- set archived = [] if flags.FULL_REFRESH else archived_files() -%}
        {%- if archived -%}
            {{ exceptions.raise_compiler_error(
                "Everything has to be worked out anew, and " ~ archived | length
                ~ " landed files that were read before are not in " ~ var('landing_root')
                ~ " any more, such as " ~ archived[0] ~ ": put them back, or give up their rows"
                ~ " with --full-refresh."
            ) }}
        {%- endif -%}
        {%- set text = dbt.type_string() -%}
        create schema if not exists {{ book_schema() }};
        create or replace table {{ book('green_builds') }} (
            started_at timestamp,
            rules {{ text }},
            is_last boolean
        );
        create table if not exists {{ book('landed_files') }} (
            source_system {{ text }},
            table_name {{ text }},
            source_file {{ text }},
            signature {{ text }},
            row_count bigint
        );
        create or replace table {{ book('removed_rows') }} (
            source_system {{ text }},
            table_name {{ text }},
            row_key bigint,
            contact_key bigint,
            contact_id {{ text }},
            source_instance {{ text }},
            agent_code {{ text }},
            started_at timestamp,
            ended_at timestamp,
            removed_at timestamp
        );
        create or replace table {{ book('touched_dates') }} (
            relation {{ text }},
            touched_date date,
            noted_at timestamp
        );
        create or replace table {{ book('touched_customers') }} (customer_key bigint);
        create or replace table {{ book('touched_journeys') }} (customer_key bigint);
        create or replace table {{ book('quiet_moments') }} (
            person_key bigint,
            quiet_at timestamp
        );
    {%- endif -%}
{%- endmacro %}

{% macro book_schema() -%}increments{%- endmacro %}

{% macro book(name) -%}
    {{- book_schema() }}.{{ name -}}
{%- endmacro %}

{#
    The hook after a build: one that built every seed and model is what the next one goes on from,
    whatever its tests say. What was noted for it is done with.
#}
{% macro note_green_build(results) -%}
    {%- if execute and flags.WHICH in ('build', 'run') and sliced_sources() -%}
        {%- set built = results | selectattr('status', 'in', ['success', 'no-op'])
            | map(attribute='node.unique_id') | list -%}
        {%- set needed = graph.nodes.values()
            | selectattr('config.enabled')
            | selectattr('resource_type', 'in', ['seed', 'model'])
            | rejectattr('config.materialized', 'equalto', 'ephemeral')
            | map(attribute='unique_id') | list -%}
        {%- if not (needed | reject('in', built) | list or flags.EMPTY or flags.SAMPLE) -%}
            delete from {{ book('green_builds') }};
            {{ keep_sql(results) }}
            delete from {{ book('removed_rows') }};
            delete from {{ book('touched_dates') }};
            delete from {{ book('touched_customers') }};
            delete from {{ book('touched_journeys') }};
            create or replace table {{ book('green_horizons') }} as
            select * from {{ relation_of_model('int_source_horizons') }};
            create or replace table {{ book('green_plan_horizons') }} as
            select * from {{ relation_of_model('int_plan_horizons') }};
            {{ keep_directories() }}
            {#- Last: who is interrupted before it has no such build. -#}
            insert into {{ book('green_builds') }} values
            ({{ build_started_at() }}, '{{ rules_of_this_build() }}', true);
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
