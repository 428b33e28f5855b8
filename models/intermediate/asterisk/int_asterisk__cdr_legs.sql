-- One row per connection of an agent that only call records tell.
{{ config(materialized='table') }}

with

answered_paths as (

    select * from {{ ref('int_asterisk__cdr_paths') }}
    where
        is_answered
        and not is_of_queue
        -- What Asterisk dials within itself, such as a member of a queue, is a path twice.
        and not is_from_inside
        and direction <> 'internal'

),

device_agents as (

    select * from {{ ref('int_asterisk__device_agents') }}

),

queue_legs as (

    select * from {{ ref('int_asterisk__queue_legs') }}

),

-- With the customer is whoever shares a path with the outside; who was called from inside is asked.
party_times as (

    select
        *,
        case
            when is_to_extension then destination_interface
            else interface
        end as agent_interface,
        case
            when is_to_extension then destination_device
            else device
        end as agent_device,
        is_from_extension and is_to_extension as is_asked
    from answered_paths
    where is_from_extension or is_to_extension

),

named_times as (

    select
        party_times.*,
        {{ asterisk_known_as(
            'party_times.agent_interface', 'asterisk_agent_names', 'party_times.connected_at'
        ) }} as known_interface,
        coalesce(device_agents.agent_code, party_times.agent_device) as known_device
    from party_times
    left join device_agents
        on
            party_times.source_instance = device_agents.source_instance
            and party_times.agent_device = device_agents.device
            and party_times.connected_at >= device_agents.valid_from
            and party_times.connected_at < device_agents.valid_to

),

times_of_agents as (

    select
        *,
        case
            when known_interface <> agent_interface then known_interface
            else {{ asterisk_known_as('known_device', 'asterisk_agent_names', 'connected_at') }}
        end as agent_code
    from named_times

),

-- One agent in several paths at once, or in one right after the other, is connected once.
times_in_order as (

    select
        *,
        coalesce(
            connected_at <= max(ended_at) over (
                partition by source_instance, source_contact_id, agent_code, is_asked
                order by connected_at, source_path_id
                rows between unbounded preceding and 1 preceding
            ) + interval '2' second,
            false
        ) as continues_previous
    from times_of_agents

),

numbered_times as (

    select
        *,
        sum(case when continues_previous then 0 else 1 end) over (
            partition by source_instance, source_contact_id, agent_code, is_asked
            order by connected_at, source_path_id
            rows between unbounded preceding and current row
        ) as time_number
    from times_in_order

),

times as (

    select
        source_instance,
        source_contact_id,
        direction,
        is_queued,
        agent_code,
        is_asked,
        min_by(source_path_id, connected_at) as source_path_id,
        min_by(is_direct, connected_at) as is_direct,
        min_by(is_from_extension, connected_at) as has_dialed,
        max(dq_flag) as dq_flag,
        min(started_at) as started_at,
        min(connected_at) as connected_at,
        max(ended_at) as ended_at,
        min_by(source_file, connected_at) as source_file,
        min_by(source_row, connected_at) as source_row,
        max(loaded_at) as loaded_at
    from numbered_times
    group by
        source_instance, source_contact_id, direction, is_queued, agent_code, is_asked, time_number

),

-- Every time that somebody is known to have been with the customer.
times_with_customer as (

    select
        source_instance,
        source_contact_id,
        agent_code,
        source_visit_id,
        queue_code,
        offered_at,
        true as is_of_queue,
        connected_at,
        coalesce(ended_at, timestamp '9999-12-31 00:00:00') as ended_at
    from queue_legs

    union all

    select
        source_instance,
        source_contact_id,
        agent_code,
        null as source_visit_id,
        null as queue_code,
        null as offered_at,
        false as is_of_queue,
        connected_at,
        ended_at
    from times
    where not is_asked

),

meetings as (

    select
        times.source_instance,
        times.source_path_id,
        times.agent_code,
        times.is_asked,
        -- The agent's own connection in the same contact, told better.
        bool_or(
            times_with_customer.agent_code = times.agent_code
            and (times.is_asked or times_with_customer.is_of_queue)
        ) as is_told_already,
        bool_or(
            times_with_customer.agent_code <> times.agent_code
            and times_with_customer.connected_at <= times.connected_at
            and times_with_customer.ended_at > times.connected_at + interval '2' second
        ) as joins_another,
        min_by(times_with_customer.source_visit_id, times_with_customer.connected_at)
            as source_visit_id,
        min_by(times_with_customer.queue_code, times_with_customer.connected_at) as queue_code,
        min_by(times_with_customer.offered_at, times_with_customer.connected_at) as offered_at
    from times
    inner join times_with_customer
        on
            times.source_instance = times_with_customer.source_instance
            and times.source_contact_id = times_with_customer.source_contact_id
            and times.connected_at < times_with_customer.ended_at
            and times.ended_at > times_with_customer.connected_at
    group by times.source_instance, times.source_path_id, times.agent_code, times.is_asked

),

described_times as (

    select
        times.*,
        case
            when times.is_asked then 'consult'
            when meetings.joins_another then 'conference'
            else 'customer'
        end as leg_type,
        meetings.source_visit_id as met_visit_id,
        meetings.queue_code as met_queue_code,
        meetings.offered_at as met_offered_at
    from times
    left join meetings
        on
            times.source_instance = meetings.source_instance
            and times.source_path_id = meetings.source_path_id
            and times.agent_code = meetings.agent_code
            and times.is_asked = meetings.is_asked
    where not coalesce(meetings.is_told_already, false)

),

-- A consultation or conference belongs to the visit that the contact is in.
cdr_legs as (

    select
        source_instance,
        concat_ws('|', source_path_id, agent_code, leg_type) as source_leg_id,
        source_contact_id,
        case when leg_type <> 'customer' then met_visit_id end as source_visit_id,
        case when leg_type <> 'customer' then met_queue_code end as queue_code,
        case when leg_type <> 'customer' then met_offered_at end as offered_at,
        agent_code,
        direction,
        leg_type,
        -- The first to pick up a call that nobody dialed straight and no queue had.
        leg_type = 'customer'
        and direction = 'inbound'
        and not is_queued
        and not is_direct
        and row_number() over (
            partition by source_instance, source_contact_id
            order by case when leg_type = 'customer' then 0 else 1 end, connected_at, source_path_id
        ) = 1
            as is_unqueued_answer,
        case
            when direction = 'outbound' and has_dialed and leg_type = 'customer'
                then {{ usable_seconds(seconds_between('started_at', 'connected_at')) }}
        end as dial_seconds,
        {{ usable_seconds(seconds_between('connected_at', 'ended_at')) }} as connected_seconds,
        nullif(
            concat_ws(
                ', ',
                dq_flag,
                {{ duration_flag(seconds_between('connected_at', 'ended_at'), 'connected') }}
            ),
            ''
        ) as dq_flag,
        connected_at,
        ended_at,
        source_file,
        source_row,
        loaded_at
    from described_times

)

select * from cdr_legs
