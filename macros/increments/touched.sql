{#
    Slices. Once there is a green build, an incremental model reads of its inputs, and replaces of
    its own rows, only those of contacts on which anything is new (int_touched_contacts). In a full
    build these macros give nothing, and the same SQL reads everything.
#}

{#
    The where clause of such a model's input. `column` is a time that no row has before the earliest
    time of a touched contact: as a literal it lets the engine leave out most of the table unread.
    `also` is a condition on other rows that change with every build.
#}
{% macro of_touched_contacts(column, also=none) -%}
    {#- Outside of the condition, where dbt finds it while it parses; a unit test has none. -#}
    {%- set touched_contacts = ref('int_touched_contacts') if this is not none -%}
    {%- if is_slice() -%}
        where
            (
                {{ column }} >= timestamp '{{ earliest_touched_time(touched_contacts) }}'
                and {{ is_touched_contact(touched_contacts) }}
            )
            {{ or_of_whole_sources() }}
            {{ 'or ' ~ also if also }}
    {%- endif -%}
{%- endmacro %}

{# The pre-hook: what is worked out anew goes. With `date_column` the dates of it are noted. #}
{% macro forget_touched_contacts(date_column=none, also=none) -%}
    {%- if is_slice() -%}
        {{ note_touched_contacts(date_column, also) }}
        delete from {{ this }} where {{ is_touched_or_whole(also) }};
    {%- endif -%}
{%- endmacro %}

{# The post-hook of a fact: the dates of what has come are noted for the tables that add it up. #}
{% macro note_touched_contacts(date_column, also=none) -%}
    {%- if is_slice() -%}
        {{ note_dates(date_column, is_touched_or_whole(also)) }}
    {%- endif -%}
{%- endmacro %}

{% macro is_touched_or_whole(also) -%}
    {{ is_touched_contact(ref('int_touched_contacts')) }} {{ or_of_whole_sources() }}
    {{ 'or ' ~ also if also }}
{%- endmacro %}

{% macro note_dates(date_column, condition) -%}
    {%- if date_column -%}
        insert into {{ book('touched_dates') }}
        select distinct
            '{{ this.identifier }}' as relation,
            {{ date_column }} as touched_date,
            {{ build_started_at() }} as noted_at
        from {{ this }}
        where {{ condition }};
    {%- endif -%}
{%- endmacro %}

{% macro is_touched_contact(touched_contacts) -%}
    contact_key in (select contact_key from {{ touched_contacts }})
{%- endmacro %}

{# Sources that cannot be sliced are read whole, and all of theirs is replaced. #}
{% macro or_of_whole_sources() -%}
    {%- set names = whole_sources() -%}
    {%- if names %} or source_system in ('{{ names | join("', '") }}'){% endif -%}
{%- endmacro %}

{% macro whole_sources() -%}
    {{ return(enabled_sources() | reject('in', var('sliced_sources')) | list) }}
{%- endmacro %}

{% macro earliest_touched_time(touched_contacts) -%}
    {{ return(
        run_query('select min(since_at) from ' ~ touched_contacts).rows[0][0]
        or '9999-12-31 00:00:00'
    ) }}
{%- endmacro %}

{# Whether a staged row was read, or judged again, after the last green build began. #}
{% macro is_new_row() -%}
    {%- set last_build_at = last_green_build() if execute and this is not none else none -%}
    {%- if last_build_at is none -%}
        false
    {%- else -%}
        loaded_at > timestamp '{{ last_build_at }}'
    {%- endif -%}
{%- endmacro %}

{# The where clause of an input of what is worked out by agent and time. #}
{% macro of_touched_agent_days(column) -%}
    {%- set touched_agent_days = ref('int_touched_agent_days') -%}
    {%- if is_slice() -%}
        where {{ is_touched_agent_day(column, touched_agent_days) }} {{ or_of_whole_sources() }}
    {%- endif -%}
{%- endmacro %}

{% macro forget_touched_agent_days(column) -%}
    {%- if is_slice() -%}
        delete from {{ this }}
        where
            {{ is_touched_agent_day(column, ref('int_touched_agent_days')) }}
            {{ or_of_whole_sources() }};
    {%- endif -%}
{%- endmacro %}

{# A further condition: what lies within touched days of an agent, and later. #}
{% macro and_of_touched_agents(column) -%}
    {%- set touched_agent_days = ref('int_touched_agent_days') -%}
    {%- if is_incremental() -%}
        and (
            (
                {{ column }} >= timestamp '{{ earliest_touched_date(touched_agent_days) }}'
                and {{ is_touched_agent(touched_agent_days) }}
            )
            {{ or_of_whole_sources() }}
        )
    {%- endif -%}
{%- endmacro %}

{% macro forget_touched_agents() -%}
    {%- set touched_agent_days = ref('int_touched_agent_days') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where {{ is_touched_agent(touched_agent_days) }} {{ or_of_whole_sources() }};
    {%- endif -%}
{%- endmacro %}

{% macro is_touched_agent(touched_agent_days) -%}
    (source_system, source_instance, agent_code) in (
        select (source_system, source_instance, agent_code) from {{ touched_agent_days }}
    )
{%- endmacro %}

{% macro is_touched_agent_day(column, touched_agent_days) -%}
    (
        {{ column }} >= timestamp '{{ earliest_touched_date(touched_agent_days) }}'
        and (source_system, source_instance, agent_code, cast({{ column }} as date)) in (
            select (source_system, source_instance, agent_code, touched_date)
            from {{ touched_agent_days }}
        )
    )
{%- endmacro %}

{% macro earliest_touched_date(touched_agent_days) -%}
    {{ return(
        run_query('select min(touched_date) from ' ~ touched_agent_days).rows[0][0] or '9999-12-31'
    ) }}
{%- endmacro %}

{# Whether this build works out a range of dates again, whatever is new: `make backfill`. #}
{% macro is_backfill() -%}
    {{ return(var('backfill_from') is not none) }}
{%- endmacro %}

{# Whether a time lies in that range of UTC dates, of which the last one counts. #}
{% macro is_in_backfill(column) -%}
    {%- if is_backfill() -%}
        (
            {{ column }} >= cast({{ text_of('backfill_from') }} as date)
            and {{ column }} < cast({{ text_of('backfill_to') }} as date)
            + interval '1' day
        )
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
