{#
    Contacts whose row in contact_paths changes: touched ones, those with another neighbor of the
    same customer than before, and blocked attempts that came or went. The comparison with what is
    stored holds after a build that failed half-way, too. A contact that follows a touched one is
    worked out again with it, for reports show the two side by side.

    What is added up asks of neighbors only whether they lie within the repeat window (is_counted):
    a customer who comes back after months changes the row of back then, but no number of its date.
#}
{% macro forget_touched_paths() -%}
    {%- if is_slice() -%}
        {%- set repeats = ref('int_contact_repeats') -%}
        {%- set attempts = ref('int_blocked_attempts') -%}
        {%- set new_distances = {
            'previous': seconds_between('repeats.previous_contact_at', 'paths.started_at'),
            'next': seconds_between('paths.started_at', 'repeats.next_contact_at'),
        } -%}
        create or replace table {{ book('touched_paths') }} as
        select
            contact_key,
            max(is_counted) as is_counted
        from (
            select
                contact_key,
                true as is_counted
            from {{ ref('int_touched_contacts') }}
            union all
            select
                contact_key,
                coalesce(is_retry <> was_retry, true)
                or is_repeat
                or was_repeat
                or is_gone_on_with <> was_gone_on_with as is_counted
            from (
                select
                    paths.contact_key,
                    repeats.is_retry,
                    paths.repeat_candidate_count = 0 as was_retry,
                    {{ is_within_window(new_distances.previous) }} as is_repeat,
                    {{ is_within_window('paths.previous_contact_seconds') }} as was_repeat,
                    {{ is_within_window(new_distances.next) }} as is_gone_on_with,
                    {{ is_within_window('paths.next_contact_seconds') }} as was_gone_on_with
                from {{ repeats }} as repeats
                inner join {{ this }} as paths on repeats.contact_key = paths.contact_key
                where
                    repeats.{{ is_of_touched_customer() }}
                    and (
                        (paths.repeat_candidate_count = 1) = repeats.is_retry
                        or paths.earlier_contact_key is distinct from repeats.earlier_contact_key
                        or paths.previous_contact_seconds is distinct from
                        {{ new_distances.previous }}
                        or paths.next_contact_seconds is distinct from {{ new_distances.next }}
                    )
            ) as contacts_of_customers
            union all
            select
                paths.contact_key,
                {{ is_within_window('paths.previous_contact_seconds') }} as is_counted
            from {{ this }} as paths
            where
                paths.earlier_contact_key in (
                    select contact_key from {{ ref('int_touched_contacts') }}
                )
            union all
            select
                contact_key,
                true as is_counted
            from {{ attempts }}
            where {{ is_new_row() }}
            union all
            select
                contact_key,
                true as is_counted
            from {{ this }}
            where is_blocked and contact_key not in (select contact_key from {{ attempts }})
        ) as touched_contacts
        group by contact_key;
        {{ note_dates('started_date', is_counted_path()) }}
        delete from {{ this }} where {{ is_touched_path() }};
    {%- endif -%}
{%- endmacro %}

{# The where clause of an input of contact_paths. #}
{% macro of_touched_paths() -%}
    {#- Read by the hooks. Outside of the condition, where dbt finds it; a unit test has none. -#}
    {%- set read_by_hooks = [
        ref('int_touched_contacts'), ref('int_source_horizons')
    ] if this is not none -%}
    {%- if is_slice() -%}
        where {{ is_touched_path() }}
    {%- endif -%}
{%- endmacro %}

{% macro is_touched_path() -%}
    contact_key in (select contact_key from {{ book('touched_paths') }}) {{ or_of_whole_sources() }}
{%- endmacro %}

{# Of those the ones of which a number of their date may change. #}
{% macro is_counted_path() -%}
    contact_key in (select contact_key from {{ book('touched_paths') }} where is_counted)
    {{ or_of_whole_sources() }}
{%- endmacro %}

{# Whether a neighbor at this distance in seconds counts. #}
{% macro is_within_window(distance) -%}
    coalesce({{ distance }} <= paths.repeat_window_seconds, false)
{%- endmacro %}

{#
    The post-hook: the dates of what came are noted, and those of which more is known than in the
    last green build, for a repeat window before or after a contact is over by now.
#}
{% macro note_touched_paths() -%}
    {%- if is_slice() -%}
        {{ note_dates('started_date', is_counted_path()) }}
        insert into {{ book('touched_dates') }}
        select distinct
            '{{ this.identifier }}' as relation,
            paths.started_date as touched_date,
            {{ build_started_at() }} as noted_at
        from {{ this }} as paths
        inner join {{ ref('int_source_horizons') }} as horizons
            on
                paths.source_system = horizons.source_system
                and paths.source_instance = horizons.source_instance
        left join {{ book('green_horizons') }} as green
            on
                paths.source_system = green.source_system
                and paths.source_instance = green.source_instance
        where
            ({{ seconds_between('paths.started_at', 'horizons.last_event_at') }}
            >= paths.repeat_window_seconds)
            is distinct from
            ({{ seconds_between('paths.started_at', 'green.last_event_at') }}
            >= paths.repeat_window_seconds)
            or
            ({{ seconds_between('horizons.first_event_at', 'paths.started_at') }}
            >= paths.repeat_window_seconds)
            is distinct from
            ({{ seconds_between('green.first_event_at', 'paths.started_at') }}
            >= paths.repeat_window_seconds);
    {%- endif -%}
{%- endmacro %}
