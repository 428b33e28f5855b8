{#
    Whether a model is worked out anew: the build was asked to, there was no green build by the same
    rules, or none of the enabled sources can be taken in slices. Behind staging so it is too where
    something else was built since the green build; for models that read directories, when one
    changed; and with `meta: {whole_with: int_customers}`, when that model came out otherwise.
    dbt asks it for every incremental model.
#}
{% macro should_full_refresh() -%}
    {{ return(
        flags.FULL_REFRESH
        or (
            execute
            and (
                last_green_build() is none
                or (model.fqn[1] != 'staging' and not follows_green_build())
                or (model.config.meta.get('reads_directories') and is_of_changed_directories())
                or (
                    model.config.meta.get('whole_with')
                    and not is_left_by_this_build(model.config.meta.whole_with)
                )
            )
        )
    ) }}
{%- endmacro %}

{# Whether a model goes on from what it holds. A unit test has no past, unless it says so itself. #}
{% macro is_slice() -%}
    {{ return(
        this is not none
        and model.config.materialized == 'incremental'
        and is_incremental()
    ) }}
{%- endmacro %}

{#
    When the last green build of the project as it is now began, as text; none where there was none.
    What was loaded later is new. A backfill goes on from a build by other rules too.
#}
{% macro last_green_build() -%}
    {%- if not sliced_sources() or flags.FULL_REFRESH or flags.EMPTY or flags.SAMPLE -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set known = remembered('last_green_build') -%}
    {%- if 'value' in known -%}
        {{ return(known.value) }}
    {%- endif -%}
    {{ return(remembered('last_green_build', {'value': green_build_in_books()}).value) }}
{%- endmacro %}

{% macro green_build_in_books() -%}
    {%- if not are_books_open() -%}
        {{ return(none) }}
    {%- endif -%}
    {#- By a clock that was set back nothing would be new. -#}
    {%- set found = run_query(
        "select cast(max(started_at) as string) from " ~ book('green_builds')
        ~ " where started_at < " ~ build_started_at()
        ~ ("" if is_backfill() else " and rules = '" ~ rules_of_this_build() ~ "'")
    ) -%}
    {{ return(found.rows[0][0]) }}
{%- endmacro %}

{#
    Whether nothing was built since that green build, not even a part: what a build left behind that
    failed or was interrupted may follow from a directory or an end of the data that nobody knows of
    any more. What nobody delivers is NULL, so with the first file of a table rows of all times may
    change.
#}
{% macro follows_green_build() -%}
    {%- set question = 'follows green build' -%}
    {%- set known = remembered(question) -%}
    {%- if 'value' in known -%}
        {{ return(known.value) }}
    {%- endif -%}
    {%- set follows = last_green_build() is not none
        and run_query('select is_last from ' ~ book('green_builds')).rows[0][0]
        and not has_a_new_set_landed() -%}
    {{ return(remembered(question, {'value': follows}).value) }}
{%- endmacro %}

{% macro are_books_open() -%}
    {{ return(adapter.dispatch('are_books_open')()) }}
{%- endmacro %}

{# Only DuckDB takes slices. #}
{% macro default__are_books_open() -%}
    {{ return(false) }}
{%- endmacro %}

{% macro duckdb__are_books_open() -%}
    {#- The adapter would open a transaction, and dbt roll back the hook that asks. -#}
    {%- set books = run_query(
        "select table_name from information_schema.tables where table_schema = '" ~ book_schema()
        ~ "' and table_name = 'green_builds'"
    ) -%}
    {{ return(books.rows | length > 0) }}
{%- endmacro %}

{#
    An answer that was found in this invocation, {} where none was. The first `found` that comes,
    {'value': ...}, is kept: every part of a model's SQL asks whether it is a slice, and the
    database need say it once.
#}
{% macro remembered(question, found={}) -%}
    {%- set memory = {'remembered': question, 'invocation_id': invocation_id, 'found': found} -%}
    {%- do adapter.store_relation('landing_plugin', none, [], none, none, memory) -%}
    {{ return(memory.found) }}
{%- endmacro %}

{# Enabled sources of which a build reads only what is new; the others are read whole each time. #}
{% macro sliced_sources() -%}
    {{ return(adapter.dispatch('sliced_sources')()) }}
{%- endmacro %}

{# Only DuckDB takes slices. #}
{% macro default__sliced_sources() -%}
    {{ return([]) }}
{%- endmacro %}

{% macro duckdb__sliced_sources() -%}
    {{ return(enabled_sources() | select('in', var('sliced_sources')) | list) }}
{%- endmacro %}

{#
    Differs as soon as a model, macro, seed or variable does, the salt of hashes, the list of who is
    forgotten or the month from which rows are kept: what was worked out by other rules cannot be
    gone on with.
#}
{% macro rules_of_this_build() -%}
    {{ return(adapter.dispatch('rules_of_this_build')()) }}
{%- endmacro %}

{# Asked only where slices are taken. #}
{% macro default__rules_of_this_build() -%}{%- endmacro %}

{% macro duckdb__rules_of_this_build() -%}
    {%- set settings = [] -%}
    {%- for name, value in (invocation_args_dict.get('vars') or {}).items() | sort
        if name not in ['publish', 'backfill_from', 'backfill_to'] -%}
        {%- do settings.append(name ~ ': ' ~ value) -%}
    {%- endfor -%}
    {%- set answer = {
        'rules_for': settings | join('\n')
        ~ local_md5(env_var('CONTACT_CENTER_SALT', 'sample-salt'))
        ~ forgotten_customers() | map(attribute='fingerprint') | join
        ~ kept_from('contacts') ~ kept_from('agent_activity') ~ kept_from('surveys')
        ~ kept_from('quarantine'),
        'invocation_id': invocation_id,
    } -%}
    {%- do adapter.store_relation('landing_plugin', none, [], none, none, answer) -%}
    {{ return(answer.rules) }}
{%- endmacro %}
