-- One row per device and span of time in which its calls are those of one agent.
{{ config(materialized='table') }}

with

queue_legs as (

    select * from {{ ref('int_asterisk__queue_legs') }}
    where agent_code is not null

),

cdr as (

    select * from {{ ref('stg_asterisk__cdr') }}
    where
        row_status = 'used'
        and disposition = 'ANSWERED'
        and last_application = 'Queue'
        and destination_channel is not null

),

-- The queue log names the agent, the record of the same connection the device.
sightings as (

    select
        queue_legs.source_instance,
        {{ asterisk_device(asterisk_interface('cdr.destination_channel')) }} as device,
        queue_legs.agent_code,
        queue_legs.connected_at as seen_at
    from queue_legs
    inner join cdr
        on
            queue_legs.source_instance = cdr.source_instance
            and queue_legs.call_id = cdr.uniqueid
            and queue_legs.connected_at >= cdr.started_at - interval '2' second
            and queue_legs.connected_at <= cdr.ended_at

),

sightings_in_order as (

    select
        *,
        lag(agent_code) over in_order as previous_agent_code
    from sightings
    window
        in_order as (partition by source_instance, device order by seen_at, agent_code)

),

-- Before it is first seen a device is that of the agent first seen on it.
device_agents as (

    select
        source_instance,
        device,
        agent_code,
        case
            when previous_agent_code is null then timestamp '1900-01-01 00:00:00'
            else seen_at
        end as valid_from,
        coalesce(
            lead(seen_at) over (
                partition by source_instance, device order by seen_at, agent_code
            ),
            timestamp '9999-12-31 00:00:00'
        ) as valid_to
    from sightings_in_order
    where agent_code is distinct from previous_agent_code

)

select * from device_agents
