-- The daily KPIs that the core marts give: of the center (no key), by queue and channel, and by
-- agent. In SQL that DuckDB and PostgreSQL both understand; a column is called as its KPI. Those of
-- busy hours have a mart of their own and are left out.

create table kpis.visits as
select
    offered_date as kpi_date,
    queue_key,
    channel_key,
    cast(sum(abandoned_count) as double precision)
    / nullif(sum(abandonment_eligible_count - short_abandoned_count), 0) as abandonment_rate,
    cast(sum(answered_count) as double precision) / nullif(sum(offered_count), 0) as answer_rate,
    cast(sum(answered_wait_seconds) as double precision) / nullif(sum(answered_wait_known_count), 0)
        as average_speed_of_answer,
    cast(
        sum(
            answered_wait_seconds + abandoned_wait_seconds + short_abandoned_wait_seconds
            + flowed_out_wait_seconds
        )
        as double precision
    ) / nullif(sum(wait_known_count), 0) as average_time_in_queue,
    cast(sum(abandoned_wait_seconds) as double precision)
    / nullif(sum(abandoned_wait_known_count), 0)
        as average_time_to_abandon,
    cast(sum(callback_requested_count) as double precision) / nullif(sum(offered_count), 0)
        as callback_request_rate,
    cast(sum(answered_count) as double precision) as contacts_answered,
    cast(sum(offered_count) as double precision) as contacts_offered,
    cast(sum(redirected_count + missed_count) as double precision) / nullif(sum(offered_count), 0)
        as flow_out_rate,
    cast(max(longest_wait_seconds) as double precision) as longest_wait,
    percentile_cont(0.5) within group (order by cast(ended_wait_seconds as double precision))
        as median_wait,
    cast(sum(answered_in_threshold_count) as double precision)
    / nullif(sum(answered_count + abandoned_count + missed_count), 0) as service_level,
    cast(sum(answered_in_threshold_count) as double precision)
    / nullif(sum(answered_count + abandoned_count - abandoned_in_threshold_count), 0)
        as service_level_abandons_ignored,
    cast(sum(answered_in_threshold_count) as double precision)
    / nullif(sum(answered_count + abandoned_count + short_abandoned_count), 0)
        as service_level_abandons_negative,
    cast(
        sum(answered_in_threshold_count + abandoned_in_threshold_count + short_abandoned_count)
        as double precision
    ) / nullif(sum(answered_count + abandoned_count + short_abandoned_count), 0)
        as service_level_abandons_positive,
    cast(sum(answered_in_threshold_count) as double precision) / nullif(sum(answered_count), 0)
        as service_level_answered_only,
    cast(
        sum(
            answered_in_threshold_count + abandoned_in_threshold_count + short_abandoned_count
            + callback_requested_in_threshold_count
        ) as double precision
    ) / nullif(sum(offered_count), 0) as service_level_queue_departures,
    cast(sum(answered_in_threshold_count + short_abandoned_count) as double precision)
    / nullif(sum(answered_count + abandoned_count + short_abandoned_count), 0)
        as service_level_short_abandons_positive,
    cast(sum(answered_in_threshold_count) as double precision)
    / nullif(
        sum(
            answered_count + abandoned_count + short_abandoned_count + redirected_count
            + missed_count
        ),
        0
    ) as service_level_with_flow_outs,
    cast(sum(short_abandoned_count) as double precision)
    / nullif(sum(abandonment_eligible_count), 0)
        as short_abandonment_rate,
    percentile_cont(0.9) within group (order by cast(ended_wait_seconds as double precision))
        as wait_90th_percentile
from marts.fact_queue_visits
group by grouping sets ((offered_date), (offered_date, queue_key, channel_key));

create table kpis.queue_intervals as
select
    offered_date as kpi_date,
    queue_key,
    channel_key,
    cast(sum(interval_in_target_count) as double precision) / nullif(sum(interval_judged_count), 0)
        as intervals_in_target,
    cast(sum(offered_count) as double precision) * cast(sum(handle_seconds) as double precision)
    / nullif(sum(handle_known_count), 0)
    / nullif(900 * count(distinct case when offered_count > 0 then interval_start_at end), 0)
        as traffic_intensity
from marts.fact_queue_intervals
group by grouping sets ((offered_date), (offered_date, queue_key, channel_key));

create table kpis.legs as
select
    offered_date as kpi_date,
    queue_key,
    channel_key,
    cast(
        sum(case when after_contact_work_known_count = 1 then after_contact_work_seconds end)
        as double precision
    )
    / nullif(sum(after_contact_work_known_count), 0) as average_after_contact_work_time,
    cast(sum(case when handle_known_count = 1 then handle_seconds end) as double precision)
    / nullif(sum(handle_known_count), 0) as average_handle_time,
    cast(sum(case when hold_known_count = 1 then hold_seconds end) as double precision)
    / nullif(sum(hold_known_count), 0) as average_hold_time,
    cast(sum(case when held_count = 1 then hold_seconds end) as double precision)
    / nullif(sum(held_count), 0)
        as average_hold_time_when_held,
    cast(sum(case when handle_known_count = 1 then talk_seconds end) as double precision)
    / nullif(sum(handle_known_count), 0) as average_talk_time,
    cast(sum(conferenced_count) as double precision) / nullif(sum(transfer_known_count), 0)
        as conference_rate,
    cast(sum(handled_count) as double precision) as contacts_handled,
    cast(sum(consulted_count) as double precision) / nullif(sum(transfer_known_count), 0)
        as consult_rate,
    cast(sum(held_count) as double precision) / nullif(sum(hold_known_count), 0) as hold_rate,
    cast(sum(transferred_count) as double precision) / nullif(sum(transfer_known_count), 0)
        as transfer_rate
from marts.fact_agent_legs
group by grouping sets ((offered_date), (offered_date, queue_key, channel_key));

create table kpis.agent_legs as
select
    connected_date as kpi_date,
    agent_key,
    cast(
        sum(case when after_contact_work_known_count = 1 then after_contact_work_seconds end)
        as double precision
    )
    / nullif(sum(after_contact_work_known_count), 0) as average_after_contact_work_time,
    cast(sum(case when handle_known_count = 1 then handle_seconds end) as double precision)
    / nullif(sum(handle_known_count), 0) as average_handle_time,
    cast(sum(case when hold_known_count = 1 then hold_seconds end) as double precision)
    / nullif(sum(hold_known_count), 0) as average_hold_time,
    cast(sum(case when held_count = 1 then hold_seconds end) as double precision)
    / nullif(sum(held_count), 0)
        as average_hold_time_when_held,
    cast(sum(case when handle_known_count = 1 then talk_seconds end) as double precision)
    / nullif(sum(handle_known_count), 0) as average_talk_time,
    cast(sum(conferenced_count) as double precision) / nullif(sum(transfer_known_count), 0)
        as conference_rate,
    cast(sum(handled_count) as double precision) as contacts_handled,
    cast(sum(consulted_count) as double precision) / nullif(sum(transfer_known_count), 0)
        as consult_rate,
    cast(sum(held_count) as double precision) / nullif(sum(hold_known_count), 0) as hold_rate,
    cast(sum(transferred_count) as double precision) / nullif(sum(transfer_known_count), 0)
        as transfer_rate
from marts.fact_agent_legs
group by connected_date, agent_key;

create table kpis.contacts as
select
    started_date as kpi_date,
    cast(sum(resolved_in_one_call_count) as double precision)
    / nullif(sum(call_resolution_eligible_count), 0)
        as call_resolution_rate,
    cast(sum(first_contact_resolved_count) as double precision)
    / nullif(sum(first_contact_resolution_eligible_count), 0) as first_contact_resolution,
    cast(sum(handoff_count) as double precision) / nullif(sum(handoff_known_count), 0)
        as handoffs_per_contact,
    cast(sum(repeat_count) as double precision) / nullif(sum(repeat_eligible_count), 0)
        as repeat_contact_rate,
    cast(sum(self_served_count) as double precision)
    / nullif(sum(self_served_count + assisted_count), 0)
        as self_service_rate
from marts.fact_contacts
group by started_date;

create table kpis.agent_contacts as
select
    started_date as kpi_date,
    handling_agent_key as agent_key,
    cast(sum(first_contact_resolved_count) as double precision)
    / nullif(sum(first_contact_resolution_eligible_count), 0) as first_contact_resolution
from marts.fact_contacts
group by started_date, handling_agent_key;

create table kpis.agent_intervals as
select
    interval_date as kpi_date,
    agent_key,
    cast(sum(busy_seconds) as double precision) / 3600 as active_work_hours,
    cast(sum(available_seconds) as double precision)
    / nullif(sum(case when staffed_seconds is not null then handled_count end), 0)
        as average_idle_time,
    cast(sum(break_seconds) as double precision) / 3600 as break_hours,
    cast(sum(contact_seconds) as double precision)
    / nullif(cast(sum(on_contact_seconds) as double precision), 0)
        as concurrency,
    cast(sum(case when staffed_seconds is not null then handled_count end) as double precision)
    / nullif(cast(sum(staffed_seconds) as double precision) / 3600, 0) as contacts_per_agent_hour,
    cast(sum(case when available_seconds is not null then busy_seconds end) as double precision)
    / nullif(cast(sum(busy_seconds + available_seconds) as double precision), 0) as occupancy_rate,
    cast(sum(staffed_seconds) as double precision) / 3600 as staffed_hours,
    cast(sum(busy_seconds) as double precision) / nullif(sum(handled_count), 0)
        as workload_handle_time
from marts.fact_agent_intervals
group by grouping sets ((interval_date), (interval_date, agent_key));
