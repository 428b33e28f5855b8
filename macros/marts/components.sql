{# Additive columns that fact_queue_intervals adds up from fact_queue_visits, of the same names. #}
{% macro visit_counts() -%}
    {{ return([
        'offered_count',
        'abandonment_eligible_count',
        'answered_count',
        'answered_in_threshold_count',
        'abandoned_count',
        'abandoned_in_threshold_count',
        'short_abandoned_count',
        'redirected_count',
        'missed_count',
        'callback_requested_count',
        'callback_requested_in_threshold_count',
        'open_count',
        'answered_wait_known_count',
        'abandoned_wait_known_count',
        'wait_known_count',
        'callback_count',
        'callback_reached_count',
        'callback_failed_count',
    ]) }}
{%- endmacro %}

{% macro visit_seconds() -%}
    {{ return([
        'answered_wait_seconds',
        'abandoned_wait_seconds',
        'short_abandoned_wait_seconds',
        'flowed_out_wait_seconds',
        'callback_wait_seconds',
    ]) }}
{%- endmacro %}

{# Handling of the legs of a queue, added up alike by the quarter hour and by the day. #}
{% macro handling_sums() -%}
    cast(sum(handled_count) as int) as handled_count,
    cast(sum(handle_known_count) as int) as handle_known_count,
    cast(
        sum(case when handle_known_count = 1 then handle_seconds else 0 end) as decimal(18, 3)
    ) as handle_seconds
{%- endmacro %}
