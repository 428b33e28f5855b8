-- A count of a part is never above that of its whole, and every count of a visit is 0 or 1.
select visit_key
from {{ ref('fact_queue_visits') }}
where
    answered_in_threshold_count > answered_count
    or answered_count > offered_count
    or abandonment_eligible_count > offered_count
    or abandoned_count + short_abandoned_count > abandonment_eligible_count
    or abandoned_in_threshold_count > abandoned_count
    or callback_requested_in_threshold_count > callback_requested_count
    or callback_requested_count > redirected_count
    or answered_wait_known_count > answered_count
    or wait_known_count > offered_count
    or callback_reached_count > callback_count
    or callback_count + offered_count > 1
    or (callback_reached_count = 0 and callback_wait_seconds <> 0)
    or answered_wait_known_count > wait_known_count
    {% for component in visit_counts() -%}
        or {{ component }} not in (0, 1)
    {% endfor %}
