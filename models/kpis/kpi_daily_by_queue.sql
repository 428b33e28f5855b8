-- One row per date and queue, everything at the time the contact was offered.
with

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    -- Calls that we made have no offer; they would change handle times of those who called.
    where direction = 'inbound'

),

visit_kpis as (

    select
        v.offered_date,
        v.queue_key,
        v.queue_name,
        {{ contacts_offered('v') }} as contacts_offered,
        {{ contacts_answered('v') }} as contacts_answered,
        {{ service_level('v') }} as service_level,
        {{ abandonment_rate('v') }} as abandonment_rate,
        {{ average_speed_of_answer('v') }} as average_speed_of_answer,
        {{ average_time_in_queue('v') }} as average_time_in_queue,
        {{ longest_wait('v') }} as longest_wait
    from queue_visits as v
    group by v.offered_date, v.queue_key, v.queue_name

),

leg_kpis as (

    select
        l.offered_date,
        l.queue_key,
        l.queue_name,
        {{ average_handle_time('l') }} as average_handle_time,
        {{ average_talk_time('l') }} as average_talk_time,
        {{ average_hold_time('l') }} as average_hold_time,
        {{ average_after_contact_work_time('l') }} as average_after_contact_work_time,
        {{ transfer_rate('l') }} as transfer_rate
    from agent_legs as l
    group by l.offered_date, l.queue_key, l.queue_name

),

-- Calls dialed straight to an agent have legs and no visit; they stand under No queue.
dates_and_queues as (

    select
        offered_date,
        queue_key,
        queue_name
    from visit_kpis
    union
    select
        offered_date,
        queue_key,
        queue_name
    from leg_kpis

),

kpi_daily_by_queue as (

    select
        dates_and_queues.offered_date,
        dates_and_queues.queue_key,
        dates_and_queues.queue_name,
        visit_kpis.contacts_offered,
        visit_kpis.contacts_answered,
        visit_kpis.service_level,
        visit_kpis.abandonment_rate,
        visit_kpis.average_speed_of_answer,
        visit_kpis.average_time_in_queue,
        visit_kpis.longest_wait,
        leg_kpis.average_handle_time,
        leg_kpis.average_talk_time,
        leg_kpis.average_hold_time,
        leg_kpis.average_after_contact_work_time,
        leg_kpis.transfer_rate
    from dates_and_queues
    left join visit_kpis
        on
            dates_and_queues.offered_date = visit_kpis.offered_date
            and dates_and_queues.queue_key = visit_kpis.queue_key
    left join leg_kpis
        on
            dates_and_queues.offered_date = leg_kpis.offered_date
            and dates_and_queues.queue_key = leg_kpis.queue_key

)

select * from kpi_daily_by_queue
