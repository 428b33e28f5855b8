{% macro contacts_offered(v) -%}
    cast(sum({{ v }}.offered_count) as bigint)
{%- endmacro %}

{% macro contacts_answered(v) -%}
    cast(sum({{ v }}.answered_count) as bigint)
{%- endmacro %}

{% macro service_level(v, threshold=none, part='value') -%}
    {%- if threshold is none -%}
        {%- set in_threshold = v ~ ".answered_in_threshold_count" -%}
    {%- else -%}
        {%- set in_threshold -%}
            case when {{ v }}.wait_seconds <= {{ threshold }} then {{ v }}.answered_count else 0 end
        {%- endset -%}
    {%- endif -%}
    {{ kpi_ratio(
        "sum(" ~ in_threshold ~ ")",
        "sum(" ~ v ~ ".answered_count + " ~ v ~ ".abandoned_count + " ~ v ~ ".missed_count)",
        part
    ) }}
{%- endmacro %}

{% macro abandonment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".abandoned_count)",
        "sum(" ~ v ~ ".abandonment_eligible_count - " ~ v ~ ".short_abandoned_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_speed_of_answer(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".answered_wait_seconds)",
        "sum(" ~ v ~ ".answered_wait_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro average_time_in_queue(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".answered_wait_seconds + " ~ v ~ ".abandoned_wait_seconds + "
        ~ v ~ ".short_abandoned_wait_seconds + " ~ v ~ ".flowed_out_wait_seconds)",
        "sum(" ~ v ~ ".wait_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro longest_wait(v) -%}
    max({{ v }}.longest_wait_seconds)
{%- endmacro %}

{% macro blocked_contact_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".blocked_count)",
        "sum(" ~ v ~ ".attempt_count)",
        part
    ) }}
{%- endmacro %}
