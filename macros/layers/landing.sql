{# The same for every row of a build, so that a build is told by it. #}
{% macro build_started_at() -%}
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp)
{%- endmacro %}

{#
    What becomes of a landed row, in three columns, by its quarantine_reason, row_text, version_rank
    and whether it is a copy: of the versions of one id the newest is used, unless one of `drops`
    holds, a dict from reason to condition.
#}
{% macro fate_of_versions(drops={}, is_copy='copy_number > 1') -%}
    case
        when {{ is_copy }} then 'duplicate'
        when quarantine_reason is not null then 'quarantined'
        when version_rank > 1 then 'dropped'
        {%- for condition in drops.values() %}
        when {{ condition }} then 'dropped'
        {%- endfor %}
        else 'used'
    end as row_status,
    case
        when {{ is_copy }} then 'exact_duplicate'
        when quarantine_reason is not null then quarantine_reason
        when version_rank > 1 then 'superseded_version'
        {%- for reason, condition in drops.items() %}
        when {{ condition }} then '{{ reason }}'
        {%- endfor %}
    end as row_status_reason,
    case
        when not {{ is_copy }} and quarantine_reason is not null
            then {{ text_without_forgotten('row_text') }}
    end as raw_values
{%- endmacro %}

{# Names of the columns of a relation as it was built; none while parsing. #}
{% macro columns_of_built(relation) -%}
    {{ return(adapter.get_columns_in_relation(relation) | map(attribute='name') | list
        if execute else []) }}
{%- endmacro %}

{#
    The column of landed rows that says when what they tell happened, or was said, not what is
    planned or how long a row holds: the first of these that there is, none for directories.
#}
{% macro event_time_of(columns) -%}
    {%- set event_times = [
        'event_at', 'started_at', 'queue_entered_at', 'initiated_at', 'connected_at', 'dialed_at',
        'attempted_at', 'offered_at', 'sent_at', 'created_at', 'changed_at', 'applied_at',
        'commented_at', 'answered_at', 'evaluated_at', 'noted_at', 'set_at', 'reported_at',
        'published_at', 'recorded_at', 'exported_at', 'answered_on', 'offered_date',
        'month_start_date'
    ] -%}
    {{ return(event_times | select('in', columns) | first | default(none)) }}
{%- endmacro %}
