{% macro contacts_offered(v, part='value') -%}
    {{ kpi_amount("cast(sum(" ~ v ~ ".offered_count) as bigint)", part) }}
{%- endmacro %}

{% macro contacts_answered(v, part='value') -%}
    {{ kpi_amount("cast(sum(" ~ v ~ ".answered_count) as bigint)", part) }}
{%- endmacro %}

{% macro service_level(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ ")",
        "sum(" ~ v ~ ".answered_count + " ~ v ~ ".abandoned_count + " ~ v ~ ".missed_count)",
        part
    ) }}
{%- endmacro %}

{% macro service_level_answered_only(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ ")",
        "sum(" ~ v ~ ".answered_count)",
        part
    ) }}
{%- endmacro %}

{% macro service_level_abandons_positive(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ " + "
        ~ abandoned_in_threshold(v, threshold) ~ ")",
        "sum(" ~ v ~ ".answered_count + " ~ all_abandoned(v) ~ ")",
        part
    ) }}
{%- endmacro %}

{% macro service_level_abandons_negative(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ ")",
        "sum(" ~ v ~ ".answered_count + " ~ all_abandoned(v) ~ ")",
        part
    ) }}
{%- endmacro %}

{% macro service_level_abandons_ignored(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ ")",
        "sum(" ~ v ~ ".answered_count + " ~ all_abandoned(v) ~ " - ("
        ~ abandoned_in_threshold(v, threshold) ~ "))",
        part
    ) }}
{%- endmacro %}

{% macro service_level_short_abandons_positive(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ " + " ~ v ~ ".short_abandoned_count)",
        "sum(" ~ v ~ ".answered_count + " ~ all_abandoned(v) ~ ")",
        part
    ) }}
{%- endmacro %}

{% macro service_level_with_flow_outs(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ ")",
        "sum(" ~ v ~ ".answered_count + " ~ all_abandoned(v) ~ " + " ~ flowed_out(v) ~ ")",
        part
    ) }}
{%- endmacro %}

{# Days from totals do not know their callbacks; they are in neither part. #}
{% macro service_level_queue_departures(v, threshold=none, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ answered_in_threshold(v, threshold) ~ " + "
        ~ abandoned_in_threshold(v, threshold) ~ " + "
        ~ count_in_threshold(v, 'callback_requested', threshold) ~ ")",
        "sum(case when " ~ v ~ ".callback_requested_count is not null then "
        ~ v ~ ".offered_count end)",
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

{% macro short_abandonment_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".short_abandoned_count)",
        "sum(" ~ v ~ ".abandonment_eligible_count)",
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

{% macro average_time_to_abandon(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".abandoned_wait_seconds)",
        "sum(" ~ v ~ ".abandoned_wait_known_count)",
        part
    ) }}
{%- endmacro %}

{% macro longest_wait(v, part='value') -%}
    {{ kpi_amount(
        "max(" ~ v ~ ".longest_wait_seconds)", part, "sum(" ~ v ~ ".wait_known_count)"
    ) }}
{%- endmacro %}

{% macro median_wait(v, part='value') -%}
    {{ kpi_amount(
        percentile_of_waits(v, 0.5),
        part,
        "count(" ~ v ~ ".ended_wait_seconds)"
    ) }}
{%- endmacro %}

{% macro wait_90th_percentile(v, part='value') -%}
    {{ kpi_amount(
        percentile_of_waits(v, 0.9),
        part,
        "count(" ~ v ~ ".ended_wait_seconds)"
    ) }}
{%- endmacro %}

{% macro blocked_contact_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".blocked_count)",
        "sum(" ~ v ~ ".attempt_count)",
        part
    ) }}
{%- endmacro %}

{% macro flow_out_rate(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ flowed_out(v) ~ ")", "sum(" ~ v ~ ".offered_count)", part) }}
{%- endmacro %}

{% macro answer_rate(v, part='value') -%}
    {{ kpi_ratio("sum(" ~ v ~ ".answered_count)", "sum(" ~ v ~ ".offered_count)", part) }}
{%- endmacro %}

{# Days from totals do not know their callbacks; they are in neither part. #}
{% macro callback_request_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".callback_requested_count)",
        "sum(case when " ~ v ~ ".callback_requested_count is not null then "
        ~ v ~ ".offered_count end)",
        part
    ) }}
{%- endmacro %}

{% macro callback_success_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".callback_reached_count)",
        "sum(" ~ v ~ ".callback_reached_count + " ~ v ~ ".callback_failed_count)",
        part
    ) }}
{%- endmacro %}

{# Offered contacts times their average handle time, over the seconds in which they were offered. #}
{% macro traffic_intensity(v, seconds=none, part='value') -%}
    {%- set interval_seconds = "900 * count(distinct case when " ~ v ~ ".offered_count > 0 then "
        ~ v ~ ".interval_start_at end)" -%}
    {{ kpi_ratio(
        "cast(sum(" ~ v ~ ".offered_count) as double)"
        ~ " * cast(sum(" ~ v ~ ".handle_seconds) as double)"
        ~ " / nullif(sum(" ~ v ~ ".handle_known_count), 0)",
        interval_seconds if seconds is none else seconds,
        part,
        "sum(" ~ v ~ ".offered_count)"
    ) }}
{%- endmacro %}

{% macro intervals_in_target(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".interval_in_target_count)",
        "sum(" ~ v ~ ".interval_judged_count)",
        part
    ) }}
{%- endmacro %}

{#
    fact_busy_hours has the busy hour of the center, of each channel and of each queue: three
    answers to one question, so rows of different scopes together give NULL.
#}
{% macro busy_hour_contacts(v, part='value') -%}
    {{ kpi_amount(
        of_one(v, 'scope', "cast(max(" ~ v ~ ".busy_hour_offered_count) as bigint)"),
        part,
        of_one(v, 'scope', "sum(" ~ v ~ ".day_offered_count)")
    ) }}
{%- endmacro %}

{% macro busy_hour_share(v, part='value') -%}
    {{ kpi_ratio(
        of_one(v, 'scope', "sum(" ~ v ~ ".busy_hour_offered_count)"),
        of_one(v, 'scope', "sum(" ~ v ~ ".day_offered_count)"),
        part
    ) }}
{%- endmacro %}

{% macro ring_no_answer_rate(v, part='value') -%}
    {{ kpi_ratio(
        "sum(" ~ v ~ ".ring_no_answer_count)",
        "sum(" ~ v ~ ".agent_offer_count)",
        part
    ) }}
{%- endmacro %}

{#
    Only single visits have ended_wait_seconds: a percentile of intervals' maxima means nothing. Of
    decimals DuckDB would cut what it interpolates off at the third place.
#}
{% macro percentile_of_waits(v, share) -%}
    {{ percentile('cast(' ~ v ~ '.ended_wait_seconds as double)', share) }}
{%- endmacro %}

{# Sums that several formulas of service level are made of. #}

{% macro answered_in_threshold(v, threshold) -%}
    {{ count_in_threshold(v, 'answered', threshold) }}
{%- endmacro %}

{# Short abandons are counted apart; without a threshold of one's own they are all within it. #}
{% macro abandoned_in_threshold(v, threshold) -%}
    {%- if threshold is none -%}
        {{ v }}.abandoned_in_threshold_count + {{ v }}.short_abandoned_count
    {%- else -%}
        {{ count_in_threshold(v, 'abandoned', threshold) }}
        + {{ count_in_threshold(v, 'short_abandoned', threshold) }}
    {%- endif -%}
{%- endmacro %}

{% macro count_in_threshold(v, component, threshold) -%}
    {%- if threshold is none -%}
        {{ v }}.{{ component }}_in_threshold_count
    {%- else -%}
        case
            when {{ v }}.wait_seconds <= {{ threshold }} then {{ v }}.{{ component }}_count else 0
        end
    {%- endif -%}
{%- endmacro %}

{% macro all_abandoned(v) -%}
    {{ v }}.abandoned_count + {{ v }}.short_abandoned_count
{%- endmacro %}

{% macro flowed_out(v) -%}
    {{ v }}.redirected_count + {{ v }}.missed_count
{%- endmacro %}
