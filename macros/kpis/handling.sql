{# Of single legs as of intervals and days. #}
{% macro contacts_handled(v, part='value') -%}
    {{ kpi_amount("cast(sum(" ~ v ~ ".handled_count) as bigint)", part) }}
{%- endmacro %}

{# Of single legs as of intervals and days, whose handle_seconds are those of the known ones. #}
{% macro average_handle_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".handle_known_count > 0 then " ~ v ~ ".handle_seconds end)",
        "sum(" ~ v ~ ".handle_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_talk_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".handle_known_count = 1 then " ~ v ~ ".talk_seconds end)",
        "sum(" ~ v ~ ".handle_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_hold_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".hold_known_count = 1 then " ~ v ~ ".hold_seconds end)",
        "sum(" ~ v ~ ".hold_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_hold_time_when_held(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".held_count = 1 then " ~ v ~ ".hold_seconds end)",
        "sum(" ~ v ~ ".held_count)",
        part
    ) }}
{%- endmacro %}

{% macro hold_rate(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ v ~ ".held_count)", "sum(" ~ v ~ ".hold_known_count)", part) }}
{%- endmacro %}

{% macro average_after_contact_work_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".after_contact_work_known_count = 1 then "
        ~ v ~ ".after_contact_work_seconds end)",
        "sum(" ~ v ~ ".after_contact_work_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro transfer_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".transferred_count)",
        "sum(" ~ v ~ ".transfer_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro consult_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".consulted_count)",
        "sum(" ~ v ~ ".transfer_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro conference_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".conferenced_count)",
        "sum(" ~ v ~ ".transfer_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro handoffs_per_contact(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ v ~ ".handoff_count)", "sum(" ~ v ~ ".handoff_known_count)", part) }}
{%- endmacro %}

{# Clipped seconds beside counts at one instant: right over agent days, not over one interval. #}
{% macro concurrency(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".contact_seconds)",
        "sum(" ~ v ~ ".on_contact_seconds)",
        part,
        "sum(" ~ v ~ ".handled_count)"
    ) }}
{%- endmacro %}

{% macro workload_handle_time(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ v ~ ".busy_seconds)", "sum(" ~ v ~ ".handled_count)", part) }}
{%- endmacro %}

{% macro average_first_response_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".first_response_count = 1 then " ~ v ~ ".response_seconds end)",
        "sum(" ~ v ~ ".first_response_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_response_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".response_count = 1 then " ~ v ~ ".response_seconds end)",
        "sum(" ~ v ~ ".response_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_resolution_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(case when " ~ v ~ ".full_resolution_known_count = 1 then "
        ~ v ~ ".full_resolution_seconds end)",
        "sum(" ~ v ~ ".full_resolution_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro reopen_rate(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ v ~ ".reopened_count)", "sum(" ~ v ~ ".solved_count)", part) }}
{%- endmacro %}

{% macro ticket_sla_compliance(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ v ~ ".sla_met_count)", "sum(" ~ v ~ ".sla_due_count)", part) }}
{%- endmacro %}

{% macro one_touch_rate(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ v ~ ".one_touch_count)", "sum(" ~ v ~ ".solved_count)", part) }}
{%- endmacro %}

{% macro replies_per_ticket(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".solved_reply_count)",
        "sum(" ~ v ~ ".full_resolution_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro requester_wait_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".solved_requester_wait_seconds)",
        "sum(" ~ v ~ ".full_resolution_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro agent_wait_time(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".solved_agent_wait_seconds)",
        "sum(" ~ v ~ ".full_resolution_known_count)",
        part
    ) }}
{%- endmacro %}

{# A level: added up over queues and channels on the last date of the rows, never over dates. #}
{% macro backlog(v, part='value') -%}
    {{ kpi_amount(
        "cast(" ~ sum_on_last_date(v ~ ".backlog_count", v ~ ".backlog_date") ~ " as bigint)", part
    ) }}
{%- endmacro %}
