{#
    Rows of contact_paths that change: those of touched contacts and of blocked attempts that came
    or went are worked out again. Others may have another neighbor of the same customer than before,
    wherever in the history they lie: of these the few columns that say so are updated.
    The comparison with what is stored holds after a build that failed half-way, too.
#}
{% macro forget_touched_paths() -%}
    {%- if is_slice() -%}
        {%- set touched_contacts = ref('int_touched_contacts') -%}
        {%- set attempts = ref('int_blocked_attempts') -%}
        create or replace table {{ book('touched_paths') }} as
        select contact_key from {{ touched_contacts }}
        union
        select contact_key from {{ attempts }}
        where {{ is_new_row() }}
        union
        select contact_key from {{ this }}
        where is_blocked and contact_key not in (select contact_key from {{ attempts }});
        {{ find_other_neighbors() }}
        {{ note_touched_journeys() }}
        {{ note_dates('started_date', is_touched_path()) }}
        {{ note_dates('started_date', shows_other_neighbors(touched_contacts)) }}
        update {{ this }} as paths
        set
            earlier_contact_key = neighbors.earlier_contact_key,
            previous_contact_seconds = neighbors.previous_contact_seconds,
            next_contact_seconds = neighbors.next_contact_seconds,
            repeat_candidate_count = neighbors.repeat_candidate_count,
            retry_count = case
                when neighbors.repeat_candidate_count = 1 then 0
                else paths.contact_count
            end
        from {{ book('other_neighbors') }} as neighbors
        where paths.contact_key = neighbors.contact_key;
        delete from {{ this }} where {{ is_touched_path() }};
    {%- endif -%}
{%- endmacro %}

{#
    What is stored of a contact and what is so by now. A neighbor beyond the repeat window, before
    and now, makes no difference to any KPI or report; most are.
#}
{% macro find_other_neighbors() -%}
    create or replace table {{ book('other_neighbors') }} as
    with

    neighbors as (

        select
            repeats.contact_key,
            repeats.earlier_contact_key,
            {{ seconds_between('repeats.previous_contact_at', 'paths.started_at') }}
                as previous_contact_seconds,
            {{ seconds_between('paths.started_at', 'repeats.next_contact_at') }}
                as next_contact_seconds,
            case when repeats.is_retry then 0 else 1 end as repeat_candidate_count,
            paths.earlier_contact_key as known_earlier_contact_key,
            paths.previous_contact_seconds as known_previous_contact_seconds,
            paths.next_contact_seconds as known_next_contact_seconds,
            paths.repeat_candidate_count as known_repeat_candidate_count,
            paths.repeat_window_seconds
        from {{ ref('int_contact_repeats') }} as repeats
        inner join {{ this }} as paths on repeats.contact_key = paths.contact_key
        where repeats.{{ is_of_touched_customer() }}

    ),

    judged_neighbors as (

        select
            *,
            repeat_candidate_count <> known_repeat_candidate_count as has_other_place,
            earlier_contact_key is distinct from known_earlier_contact_key
            or previous_contact_seconds is distinct from known_previous_contact_seconds
                as has_other_before_it,
            next_contact_seconds is distinct from known_next_contact_seconds
                as has_other_after_it
        from neighbors

    )

    select
        contact_key,
        earlier_contact_key,
        previous_contact_seconds,
        next_contact_seconds,
        repeat_candidate_count,
        has_other_place
        or (
            has_other_before_it
            and coalesce(
                least(previous_contact_seconds, known_previous_contact_seconds)
                <= repeat_window_seconds,
                false
            )
        )
        or coalesce(next_contact_seconds <= repeat_window_seconds, false)
        <> coalesce(known_next_contact_seconds <= repeat_window_seconds, false)
            as makes_a_difference
    from judged_neighbors
    where has_other_place or has_other_before_it or has_other_after_it;
{%- endmacro %}

{# Reports show a repeat beside the contact before it. #}
{% macro shows_other_neighbors(touched_contacts) -%}
    contact_key in (
        select contact_key from {{ book('other_neighbors') }}
        where makes_a_difference
    )
    or (
        previous_contact_seconds <= repeat_window_seconds
        and earlier_contact_key in (select contact_key from {{ touched_contacts }})
    )
{%- endmacro %}

{# The where clause of the blocked attempts that contact_paths reads. #}
{% macro of_touched_paths() -%}
    {#- Read by the hooks. Outside of the condition, where dbt finds it; a unit test has none. -#}
    {%- set read_by_hooks = ref('int_source_horizons') if this is not none -%}
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
        {{ note_touched_journeys() }}
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
            ({{ seconds_between('paths.started_at', 'horizons.last_contact_at') }}
            >= paths.repeat_window_seconds)
            is distinct from
            ({{ seconds_between('paths.started_at', 'green.last_contact_at') }}
            >= paths.repeat_window_seconds)
            or
            ({{ seconds_between('horizons.first_contact_at', 'paths.started_at') }}
            >= paths.repeat_window_seconds)
            is distinct from
            ({{ seconds_between('green.first_contact_at', 'paths.started_at') }}
            >= paths.repeat_window_seconds);
    {%- endif -%}
{%- endmacro %}
