{#
    Facts note the dates of rows that came or went (note_dates). What adds a fact up by the date or
    month replaces those dates only.
#}

{#
    The where clause of an input, or nothing in a full build. Dates of the table `also_of`, a small
    one, are worked out with every build.
#}
{% macro of_touched_dates(relation, column, period='day', also_of=none) -%}
    {%- if is_slice() -%}
        where {{ is_of_touched_dates(relation, column, period, also_of) }}
    {%- endif -%}
{%- endmacro %}

{#
    The pre-hook of a table that adds the relation up by date, or by month. `also` is a condition on
    other rows that go.
#}
{% macro forget_touched_dates(relation, column, also=none, period='day', also_of=none) -%}
    {%- if is_slice() -%}
        delete from {{ this }}
        where
            {{ is_of_touched_dates(relation, column, period, also_of) }} {{ 'or ' ~ also if also }};
    {%- endif -%}
{%- endmacro %}

{#
    The same by the UTC date of an instant, for half hours, which a date of the reporting time zone
    may end within. Such a date lies within three UTC dates.
#}
{% macro is_of_touched_utc_dates(relation, column) -%}
    {%- set dates = touched_dates_of(relation) if is_slice() -%}
    {%- if not is_slice() or dates is none -%}
        true
    {%- elif not dates -%}
        false
    {%- else -%}
        (
            {{ column }} >= {{ dates | first }} - interval '1' day
            and {{ column }} < {{ dates | last }} + interval '2' day
            and cast({{ column }} as date) in (
                {%- for date in dates %}
                cast({{ date }} - interval '1' day as date),
                {{ date }},
                cast({{ date }} + interval '1' day as date){{ ',' if not loop.last }}
                {%- endfor %}
            )
        )
    {%- endif -%}
{%- endmacro %}

{% macro forget_touched_utc_dates(relation, column) -%}
    {%- if is_slice() -%}
        delete from {{ this }} where {{ is_of_touched_utc_dates(relation, column) }};
    {%- endif -%}
{%- endmacro %}

{# The pre-hook of a kpi_* table: the KPIs of each relation on the dates that were touched of it. #}
{% macro forget_kpis(period, by) -%}
    {%- if is_slice() -%}
        {%- set conditions = [] -%}
        {%- for source in kpi_sources(period, by) -%}
            {%- set names = kpis_of_source(source, by, none) | map(attribute='name') | list -%}
            {%- if names and touched_dates_of(source.relation, period) != [] -%}
                {%- do conditions.append(
                    "(kpi_name in ('" ~ names | join("', '") ~ "') and "
                    ~ is_of_touched_dates(source.relation, kpi_period_name(period), period) ~ ")"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        delete from {{ this }} where {{ conditions | join(' or ') or 'false' }};
    {%- endif -%}
{%- endmacro %}

{#
    Whether rows of the relation came or went on a date, or in its month. The bounds let the engine
    leave most of a table unread.
#}
{% macro is_of_touched_dates(relation, column, period='day', also_of=none) -%}
    {%- set dates = touched_dates_of(relation, period) -%}
    {%- if dates is not none and also_of is not none -%}
        {%- set dates = (dates + dates_of(also_of, column)) | unique | sort -%}
    {%- endif -%}
    {%- if dates is none -%}
        true
    {%- elif not dates -%}
        false
    {%- elif period == 'month' -%}
        (
            {{ column }} >= {{ dates | first }}
            and {{ column }} < {{ dates | last }} + interval '1' month
            and cast(date_trunc('month', {{ column }}) as date) in ({{ dates | join(', ') }})
        )
    {%- else -%}
        (
            {{ column }} >= {{ dates | first }}
            and {{ column }} <= {{ dates | last }}
            and {{ column }} in ({{ dates | join(', ') }})
        )
    {%- endif -%}
{%- endmacro %}

{# Date literals in order; none where the relation, or what it is made of, is built whole. #}
{% macro touched_dates_of(relation, period='day') -%}
    {%- set roots = {
        'fact_contacts': ['contact_paths'],
        'fact_queue_intervals': ['fact_queue_visits', 'fact_agent_legs'],
        'fact_queue_days': ['fact_queue_visits', 'fact_agent_legs'],
        'fact_busy_hours': ['fact_queue_visits'],
        'kpi_interval_staffing': ['fact_queue_visits', 'fact_agent_legs', 'contact_paths'],
        'report_agent_activity': ['fact_agent_intervals', 'fact_schedule_intervals'],
        'report_sla_breaches': ['fact_queue_visits', 'fact_tickets'],
    }.get(relation, [relation]) -%}
    {%- set changed = [] -%}
    {%- for root in roots if not is_left_by_this_build(root) -%}
        {%- do changed.append(root) -%}
    {%- endfor -%}
    {%- for root in changed if not is_built_in_slices(root) -%}
        {{ return(none) }}
    {%- endfor -%}
    {%- if not changed -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set question = 'dates touched of ' ~ roots | join(', ') ~ ' by ' ~ period -%}
    {%- set known = remembered(question) -%}
    {%- if 'value' in known -%}
        {{ return(known.value) }}
    {%- endif -%}
    {%- set start = "cast(date_trunc('month', touched_date) as date)" if period == 'month'
        else 'touched_date' -%}
    {%- set found = run_query(
        "select distinct cast(" ~ start ~ " as varchar) from " ~ book('touched_dates')
        ~ " where relation in ('" ~ roots | join("', '") ~ "') order by 1"
    ) -%}
    {%- set dates = [] -%}
    {%- for row in found.rows -%}
        {%- do dates.append("date '" ~ row[0] ~ "'") -%}
    {%- endfor -%}
    {%- for root in changed if not is_settled(root) -%}
        {{ return(dates) }}
    {%- endfor -%}
    {{ return(remembered(question, {'value': dates}).value) }}
{%- endmacro %}

{% macro dates_of(relation, column) -%}
    {%- set dates = [] -%}
    {%- for row in run_query(
        'select distinct cast(' ~ column ~ ' as varchar) from ' ~ relation
    ).rows -%}
        {%- do dates.append("date '" ~ row[0] ~ "'") -%}
    {%- endfor -%}
    {{ return(dates) }}
{%- endmacro %}

{% macro is_built_in_slices(name) -%}
    {%- set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ name) -%}
    {{ return(node and node.config.materialized == 'incremental') }}
{%- endmacro %}
