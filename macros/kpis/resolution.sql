{# With a window of one's own, in days, contacts are judged by the seconds to the next one. #}
{% macro first_contact_resolution(v, window_days=none, part='value') -%}
    {%- if window_days is none -%}
        {{ kpi_ratio(
            "sum(" ~ v ~ ".first_contact_resolved_count)",
            "sum(" ~ v ~ ".first_contact_resolution_eligible_count)",
            part
        ) }}
    {%- else -%}
        {%- set is_known = v ~ ".known_after_seconds >= 86400 * " ~ window_days -%}
        {{ kpi_ratio(
            "sum(case when " ~ is_known ~ " and not " ~ v ~ ".is_abandoned_after_transfer"
            ~ " and coalesce(" ~ v ~ ".next_contact_seconds > 86400 * " ~ window_days ~ ", true)"
            ~ " then " ~ v ~ ".resolution_candidate_count else 0 end)",
            "sum(case when " ~ is_known ~ " then " ~ v ~ ".resolution_candidate_count else 0 end)",
            part
        ) }}
    {%- endif -%}
{%- endmacro %}

{% macro first_contact_resolution_survey(v, part='value') -%}
    {{ kpi_ratio(
        sum_where_known(v, 'resolved_yes_count', 'resolved_answered_count'),
        sum_where_known(v, 'resolved_answered_count', 'resolved_yes_count'),
        part
    ) }}
{%- endmacro %}

{% macro first_contact_resolution_flag(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".resolved_count)",
        "sum(" ~ v ~ ".resolved_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro call_resolution_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".resolved_in_one_call_count)",
        "sum(" ~ v ~ ".call_resolution_eligible_count)",
        part
    ) }}
{%- endmacro %}

{# With a window of one's own, in days, contacts are judged by the seconds since the one before. #}
{% macro repeat_contact_rate(v, window_days=none, part='value') -%}
    {%- if window_days is none -%}
        {{ kpi_ratio(
            "sum(" ~ v ~ ".repeat_count)",
            "sum(" ~ v ~ ".repeat_eligible_count)",
            part
        ) }}
    {%- else -%}
        {%- set is_known = v ~ ".known_before_seconds >= 86400 * " ~ window_days -%}
        {{ kpi_ratio(
            "sum(case when " ~ is_known ~ " and " ~ v ~ ".previous_contact_seconds <= 86400 * "
            ~ window_days ~ " then " ~ v ~ ".repeat_candidate_count else 0 end)",
            "sum(case when " ~ is_known ~ " then " ~ v ~ ".repeat_candidate_count else 0 end)",
            part
        ) }}
    {%- endif -%}
{%- endmacro %}

{% macro escalation_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".escalated_count)",
        "sum(" ~ v ~ ".escalated_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro complaint_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".complaint_count)",
        "sum(" ~ v ~ ".complaint_known_count)",
        part
    ) }}
{%- endmacro %}
