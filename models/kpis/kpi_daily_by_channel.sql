-- One row per date and channel, visits and legs at the offer, contacts at their start.
with

contacts as (

    select * from {{ ref('fact_contacts') }}

),

queue_visits as (

    select * from {{ ref('fact_queue_visits') }}

),

agent_legs as (

    select * from {{ ref('fact_agent_legs') }}
    -- Calls that we made have no offer; they would change handle times of those who called.
    where direction = 'inbound'

),

self_service_sessions as (

    select * from {{ ref('fact_self_service_sessions') }}

),

contact_kpis as (

    select
        c.started_date as kpi_date,
        c.channel_key,
        c.channel_name,
        cast(sum(c.contact_count) as bigint) as contact_count,
        {{ blocked_contact_rate('c') }} as blocked_contact_rate,
        {{ first_contact_resolution('c') }} as first_contact_resolution,
        {{ repeat_contact_rate('c') }} as repeat_contact_rate
    from contacts as c
    group by c.started_date, c.channel_key, c.channel_name

),

visit_kpis as (

    select
        v.offered_date as kpi_date,
        v.channel_key,
        {{ contacts_offered('v') }} as contacts_offered,
        {{ contacts_answered('v') }} as contacts_answered,
        {{ service_level('v') }} as service_level,
        {{ abandonment_rate('v') }} as abandonment_rate,
        {{ average_speed_of_answer('v') }} as average_speed_of_answer,
        {{ average_time_in_queue('v') }} as average_time_in_queue,
        {{ longest_wait('v') }} as longest_wait
    from queue_visits as v
    group by v.offered_date, v.channel_key

),

leg_kpis as (

    select
        l.offered_date as kpi_date,
        l.channel_key,
        {{ average_handle_time('l') }} as average_handle_time,
        {{ transfer_rate('l') }} as transfer_rate
    from agent_legs as l
    group by l.offered_date, l.channel_key

),

session_kpis as (

    select
        s.started_date as kpi_date,
        s.channel_key,
        {{ containment_rate('s') }} as containment_rate
    from self_service_sessions as s
    group by s.started_date, s.channel_key

),

-- A contact that came before midnight may be offered after it: every date of any part has a row.
dates_and_channels as (

    select
        kpi_date,
        channel_key
    from contact_kpis
    union
    select
        kpi_date,
        channel_key
    from visit_kpis
    union
    select
        kpi_date,
        channel_key
    from leg_kpis
    union
    select
        kpi_date,
        channel_key
    from session_kpis

),

dim_channel as (

    select * from {{ ref('dim_channel') }}

),

kpi_daily_by_channel as (

    select
        dates_and_channels.kpi_date,
        dates_and_channels.channel_key,
        dim_channel.channel_name,
        contact_kpis.contact_count,
        visit_kpis.contacts_offered,
        visit_kpis.contacts_answered,
        visit_kpis.service_level,
        visit_kpis.abandonment_rate,
        visit_kpis.average_speed_of_answer,
        visit_kpis.average_time_in_queue,
        visit_kpis.longest_wait,
        leg_kpis.average_handle_time,
        leg_kpis.transfer_rate,
        contact_kpis.blocked_contact_rate,
        session_kpis.containment_rate,
        contact_kpis.first_contact_resolution,
        contact_kpis.repeat_contact_rate
    from dates_and_channels
    inner join dim_channel on dates_and_channels.channel_key = dim_channel.channel_key
    left join contact_kpis
        on
            dates_and_channels.kpi_date = contact_kpis.kpi_date
            and dates_and_channels.channel_key = contact_kpis.channel_key
    left join visit_kpis
        on
            dates_and_channels.kpi_date = visit_kpis.kpi_date
            and dates_and_channels.channel_key = visit_kpis.channel_key
    left join leg_kpis
        on
            dates_and_channels.kpi_date = leg_kpis.kpi_date
            and dates_and_channels.channel_key = leg_kpis.channel_key
    left join session_kpis
        on
            dates_and_channels.kpi_date = session_kpis.kpi_date
            and dates_and_channels.channel_key = session_kpis.channel_key

)

select * from kpi_daily_by_channel
