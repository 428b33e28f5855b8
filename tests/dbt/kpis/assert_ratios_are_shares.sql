-- A share is between 0 and 1, no average of seconds is negative, what was answered was offered.
select
    'kpi_daily_by_queue' as kpi_model,
    offered_date as kpi_date,
    queue_key as row_key
from {{ ref('kpi_daily_by_queue') }}
where
    service_level not between 0 and 1
    or abandonment_rate not between 0 and 1
    or transfer_rate not between 0 and 1
    or contacts_answered > contacts_offered
    or least(
        average_speed_of_answer, average_time_in_queue, longest_wait, average_handle_time,
        average_talk_time, average_hold_time, average_after_contact_work_time
    ) < 0
    or average_speed_of_answer > longest_wait

union all

select
    'kpi_daily_by_channel' as kpi_model,
    kpi_date,
    channel_key as row_key
from {{ ref('kpi_daily_by_channel') }}
where
    service_level not between 0 and 1
    or abandonment_rate not between 0 and 1
    or transfer_rate not between 0 and 1
    or blocked_contact_rate not between 0 and 1
    or containment_rate not between 0 and 1
    or first_contact_resolution not between 0 and 1
    or repeat_contact_rate not between 0 and 1

union all

select
    'kpi_daily_by_agent' as kpi_model,
    interval_date as kpi_date,
    agent_key as row_key
from {{ ref('kpi_daily_by_agent') }}
where
    occupancy_rate not between 0 and 1
    or transfer_rate not between 0 and 1
    or staffed_seconds > 90000
