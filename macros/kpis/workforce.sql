{#
    Rows without log-in evidence have no available time; counting their busy time alone would
    show an agent as occupied all the while, so neither part counts them.
#}
{% macro occupancy_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".available_seconds is not null then " ~ v ~ ".busy_seconds end)",
        "sum(" ~ v ~ ".busy_seconds + " ~ v ~ ".available_seconds)",
        part,
        "count(" ~ v ~ ".available_seconds)"
    ) }}
{%- endmacro %}

{% macro utilization_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".paid_seconds is not null then " ~ v ~ ".busy_seconds end)",
        "sum(" ~ v ~ ".paid_seconds)",
        part,
        "count(" ~ v ~ ".paid_seconds)"
    ) }}
{%- endmacro %}

{% macro staffed_hours(v, part='value') -%}
    {{ hours_of(v, 'staffed_seconds', part) }}
{%- endmacro %}

{% macro break_hours(v, part='value') -%}
    {{ hours_of(v, 'break_seconds', part) }}
{%- endmacro %}

{% macro active_work_hours(v, part='value') -%}
    {{ hours_of(v, 'busy_seconds', part) }}
{%- endmacro %}

{% macro average_idle_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".available_seconds)",
        handled_by_staffed_agents(v),
        part
    ) }}
{%- endmacro %}

{% macro contacts_per_agent_hour(v, part='value') -%}
    {{ kpi_ratio(
        handled_by_staffed_agents(v),
        "(cast(sum(" ~ v ~ ".staffed_seconds) as double) / 3600)",
        part,
        handled_by_staffed_agents(v)
    ) }}
{%- endmacro %}

{# Where no states are known nobody can tell whether a plan was kept: it is in neither part. #}
{% macro schedule_adherence(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".adherent_seconds)",
        "sum(case when " ~ v ~ ".adherent_seconds is not null"
        ~ " then " ~ v ~ ".scheduled_seconds end)",
        part,
        rows_with(v, 'scheduled_seconds', known='adherent_seconds')
    ) }}
{%- endmacro %}

{% macro schedule_conformance(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".worked_on_contact_seconds)",
        "sum(case when " ~ v ~ ".worked_on_contact_seconds is not null"
        ~ " then " ~ v ~ ".scheduled_on_contact_seconds end)",
        part,
        rows_with(v, 'scheduled_on_contact_seconds', known='worked_on_contact_seconds')
    ) }}
{%- endmacro %}

{% macro shrinkage_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".external_shrinkage_seconds + " ~ v ~ ".internal_shrinkage_seconds)",
        "sum(" ~ v ~ ".shrinkage_base_seconds)",
        part,
        rows_with(v, 'shrinkage_base_seconds')
    ) }}
{%- endmacro %}

{# A month without payroll, or of a source that does not deliver absences, is in neither part. #}
{% macro absenteeism_rate(v, part='value') -%}
    {%- set both_known = v ~ ".absence_unplanned_seconds is not null and "
        ~ v ~ ".scheduled_seconds is not null" -%}
    {{ kpi_ratio(
        "sum(case when " ~ both_known ~ " then " ~ v ~ ".absence_unplanned_seconds end)",
        "sum(case when " ~ both_known ~ " then " ~ v ~ ".scheduled_seconds end)",
        part,
        "sum(case when " ~ both_known ~ " then 1 else 0 end)"
    ) }}
{%- endmacro %}

{% macro absence_days_per_agent(v, part='value') -%}
    {%- set if_known = "case when " ~ v ~ ".absence_unplanned_days is not null then " -%}
    {{ kpi_ratio(
        "12 * sum(" ~ v ~ ".absence_unplanned_days)",
        "(sum(" ~ if_known ~ headcounts(v) ~ " end) / 2)",
        part,
        "sum(" ~ if_known ~ employed(v) ~ " end)"
    ) }}
{%- endmacro %}

{#
    Twelve times the leavers over the sum of monthly averages: a year's leavers over a year's
    average.
#}
{% macro agent_turnover_rate(v, part='value') -%}
    {{ kpi_ratio(
        "12 * sum(" ~ v ~ ".left_count)",
        "(sum(" ~ headcounts(v) ~ ") / 2)",
        part,
        "sum(" ~ employed(v) ~ ")"
    ) }}
{%- endmacro %}

{% macro employee_satisfaction(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".satisfied_count)",
        "sum(" ~ v ~ ".esat_answered_count)",
        part
    ) }}
{%- endmacro %}

{% macro employee_net_promoter_score(v, part='value') -%}
    {{ kpi_ratio(
        "100 * sum(" ~ v ~ ".promoter_count - " ~ v ~ ".detractor_count)",
        "sum(" ~ v ~ ".enps_answered_count)",
        part
    ) }}
{%- endmacro %}

{#
    What was reached is measured against what the targets of each month asked for, and both add up.
    The weights add up too: over rows of one set of weights their shares are those of the set. A
    part of which nothing is known has no weight.
#}
{% macro agent_productivity_index(v, part='value') -%}
    {%- set parts = [
        (
            'contacts_per_agent_hour',
            "sum(" ~ v ~ ".handled_count)",
            "(cast(sum(" ~ v ~ ".staffed_seconds * " ~ v ~ ".contacts_per_agent_hour_target)"
            ~ " as double) / 3600)",
        ),
        (
            'schedule_adherence',
            "sum(" ~ v ~ ".adherent_seconds)",
            "sum(" ~ v ~ ".scheduled_seconds * " ~ v ~ ".schedule_adherence_target)",
        ),
        (
            'script_usage_rate',
            "sum(" ~ v ~ ".script_passed_count)",
            "sum(" ~ v ~ ".script_item_count * " ~ v ~ ".script_usage_rate_target)",
        ),
    ] -%}
    {%- set reached = [] -%}
    {%- set weights = [] -%}
    {%- for name, amount, asked in parts -%}
        {%- set weight = "sum(" ~ v ~ "." ~ name ~ "_weight)" -%}
        {%- do reached.append(
            "coalesce("
            ~ weight ~ " * cast(" ~ amount ~ " as double) / nullif(" ~ asked ~ ", 0), 0)"
        ) -%}
        {%- do weights.append("case when " ~ asked ~ " > 0 then " ~ weight ~ " else 0 end") -%}
    {%- endfor -%}
    {{ kpi_ratio(
        "(100 * (" ~ reached | join(" + ") ~ "))",
        "(" ~ weights | join(" + ") ~ ")",
        part,
        "count(*)"
    ) }}
{%- endmacro %}

{# Sums and counts that several KPIs are made of. #}

{% macro hours_of(v, component, part) -%}
    {{ kpi_amount(
        "cast(sum(" ~ v ~ "." ~ component ~ ") as double) / 3600",
        part,
        "count(" ~ v ~ "." ~ component ~ ")"
    ) }}
{%- endmacro %}

{% macro handled_by_staffed_agents(v) -%}
    sum(case when {{ v }}.staffed_seconds is not null then {{ v }}.handled_count end)
{%- endmacro %}

{% macro rows_with(v, component, known=none) -%}
    sum(
        case
            when
                {{ v }}.{{ component }} > 0
                {{ 'and ' ~ v ~ '.' ~ known ~ ' is not null' if known }}
                then 1
            else 0
        end
    )
{%- endmacro %}

{% macro headcounts(v) -%}
    {{ v }}.headcount_open_count + {{ v }}.headcount_close_count
{%- endmacro %}

{# Whoever was there at one end of the month at least. #}
{% macro employed(v) -%}
    greatest({{ v }}.headcount_open_count, {{ v }}.headcount_close_count)
{%- endmacro %}
