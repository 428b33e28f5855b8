-- One row per connection of one agent with a contact, with the visit that it is on.
{{ config(materialized='table') }}

with

queue_entries as (

    select * from {{ ref('int_genesys_cloud__queue_entries') }}

),

connections as (

    select * from {{ ref('int_genesys_cloud__connections') }}

),

entries_and_connections as (

    select
        contact_key,
        coalesce(queue_id, '') as queue_id,
        visit_key,
        queue_id as visit_queue_id,
        offered_at,
        offered_at as happened_at,
        1 as event_rank,
        cast(null as string) as source_leg_id
    from queue_entries

    union all

    select
        contact_key,
        coalesce(queue_id, '') as queue_id,
        null as visit_key,
        null as visit_queue_id,
        null as offered_at,
        connected_at as happened_at,
        2 as event_rank,
        source_leg_id
    from connections

),

-- The latest entry into the agent's queue, or else the one that the contact is in.
placed_events as (

    select
        contact_key,
        source_leg_id,
        event_rank,
        {{ last_known('visit_key') }} over in_queue as queue_visit_key,
        {{ last_known('offered_at') }} over in_queue as queue_offered_at,
        {{ last_known('visit_key') }} over in_contact as current_visit_key,
        {{ last_known("case when event_rank = 1 then coalesce(visit_queue_id, '') end") }}
            over in_contact as current_queue_id,
        {{ last_known('offered_at') }} over in_contact as current_offered_at
    from entries_and_connections
    window
        in_queue as (
            partition by contact_key, queue_id
            order by happened_at, event_rank, source_leg_id
            rows between unbounded preceding and current row
        ),
        in_contact as (
            partition by contact_key
            order by happened_at, event_rank, source_leg_id
            rows between unbounded preceding and current row
        )

),

placed_connections as (

    select
        connections.contact_key,
        connections.source_system,
        connections.source_instance,
        connections.conversation_id,
        connections.source_leg_id,
        coalesce(placed_events.queue_visit_key, placed_events.current_visit_key) as visit_key,
        connections.user_id,
        case
            when placed_events.queue_visit_key is not null then connections.queue_id
            when placed_events.current_visit_key is not null
                then nullif(placed_events.current_queue_id, '')
            else connections.queue_id
        end as queue_id,
        connections.channel_code,
        connections.direction,
        connections.leg_type,
        connections.transfer_type,
        connections.answered_seconds,
        connections.dial_seconds,
        connections.ring_seconds,
        connections.hold_seconds,
        connections.after_contact_work_seconds,
        connections.elapsed_seconds,
        connections.longest_seconds,
        coalesce(placed_events.queue_offered_at, placed_events.current_offered_at) as offered_at,
        connections.connected_at,
        connections.connected_until,
        connections.source_file,
        connections.source_row,
        connections.loaded_at
    from connections
    inner join placed_events
        on
            connections.contact_key = placed_events.contact_key
            and connections.source_leg_id = placed_events.source_leg_id
            and placed_events.event_rank = 2

)

select * from placed_connections
