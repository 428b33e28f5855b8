-- One row per agent who answered a ticket of Zendesk, or tracked time on it, while in one group.
with

-- What was done in a ticket about a call is not the call.
tickets as (

    select * from {{ ref('int_zendesk__tickets') }}
    where channel_code <> 'phone'

),

ticket_events as (

    select * from {{ ref('int_zendesk__ticket_events') }}
    where event_type in ('agent_reply', 'work') and agent_code is not null

),

queue_visits as (

    select * from {{ ref('int_zendesk__queue_visits') }}

),

-- Only tracked time tells how long somebody worked.
stretches as (

    select
        source_instance,
        source_ticket_id,
        visit_number,
        agent_code,
        max_by(queue_code, event_sequence) as queue_code,
        min(event_at) as connected_at,
        sum(work_seconds) as work_seconds,
        min_by(source_file, event_sequence) as source_file,
        min_by(source_row, event_sequence) as source_row,
        max(loaded_at) as loaded_at
    from ticket_events
    group by source_instance, source_ticket_id, visit_number, agent_code

),

named_legs as (

    select
        stretches.*,
        tickets.contact_key,
        tickets.source_system,
        tickets.channel_code,
        tickets.opened_by_agent,
        tickets.is_excluded,
        concat_ws('.', stretches.source_ticket_id, stretches.visit_number) as source_visit_id,
        concat_ws(
            '.', stretches.source_ticket_id, stretches.visit_number, stretches.agent_code
        ) as source_leg_id
    from stretches
    inner join tickets
        on
            stretches.source_instance = tickets.source_instance
            and stretches.source_ticket_id = tickets.source_ticket_id

),

agent_legs as (

    select
        {{ source_key('agent_leg', 'named_legs.source_leg_id', 'named_legs.source_system',
                      'named_legs.source_instance') }} as leg_key,
        named_legs.contact_key,
        queue_visits.visit_key,
        named_legs.source_system,
        named_legs.source_instance,
        named_legs.source_leg_id,
        named_legs.agent_code,
        named_legs.queue_code,
        named_legs.channel_code,
        case when named_legs.opened_by_agent then 'outbound' else 'inbound' end as direction,
        'customer' as leg_type,
        -- Moves are written down on the ticket, not on the answer before them.
        'unknown' as transfer_type,
        cast(null as string) as transfer_reason,
        named_legs.is_excluded,
        cast(null as decimal(18, 3)) as dial_seconds,
        cast(null as decimal(18, 3)) as ring_seconds,
        cast({{ usable_seconds('named_legs.work_seconds') }} as decimal(18, 3))
            as connected_seconds,
        cast(null as decimal(18, 3)) as hold_seconds,
        cast(null as decimal(18, 3)) as after_contact_work_seconds,
        queue_visits.offered_at,
        named_legs.connected_at,
        cast(null as timestamp) as ended_at,
        {{ duration_flag('named_legs.work_seconds', 'connected') }} as dq_flag,
        named_legs.source_file,
        named_legs.source_row,
        named_legs.loaded_at
    from named_legs
    left join queue_visits
        on
            named_legs.source_instance = queue_visits.source_instance
            and named_legs.source_visit_id = queue_visits.source_visit_id

)

select * from agent_legs
