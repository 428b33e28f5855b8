{#
    Contacts whose row in contact_paths changes: touched ones, those with another neighbor of the
    same customer than before, and blocked attempts that came or went. The comparison with what is
    stored holds after a build that failed half-way, too. A contact that follows a touched one is
    worked out again with it, for reports show the two side by side.
#}
{% macro forget_touched_paths() -%}
    {%- if is_slice() -%}
        {%- set repeats = ref('int_contact_repeats') -%}
        {%- set attempts = ref('int_blocked_attempts') -%}
        create or replace table {{ book('touched_paths') }} as
        select contact_key from {{ ref('int_touched_contacts') }}
        union
        select repeats.contact_key
        from {{ repeats }} as repeats
        inner join {{ this }} as paths on repeats.contact_key = paths.contact_key
        where
            repeats.{{ is_of_touched_customer() }}
            and (
                (paths.repeat_candidate_count = 1) = repeats.is_retry
                or paths.earlier_contact_key is distinct from repeats.earlier_contact_key
                or paths.previous_contact_seconds is distinct from
                {{ seconds_between('repeats.previous_contact_at', 'paths.started_at') }}
                or paths.next_contact_seconds is distinct from
                {{ seconds_between('paths.started_at', 'repeats.next_contact_at') }}
            )
        union
        select contact_key from {{ this }}
        where earlier_contact_key in (select contact_key from {{ ref('int_touched_contacts') }})
        union
        select contact_key from {{ attempts }}
        where {{ is_new_row() }}
        union
        select contact_key from {{ this }}
        where is_blocked and contact_key not in (select contact_key from {{ attempts }});
        {{ note_dates('started_date', is_touched_path()) }}
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

{#
    The post-hook: the dates of what came are noted, and those of which more is known than in the
    last green build, for a repeat window before or after a contact is over by now.
#}
{% macro note_touched_paths() -%}
    {%- if is_slice() -%}
        {{ note_dates('started_date', is_touched_path()) }}
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
