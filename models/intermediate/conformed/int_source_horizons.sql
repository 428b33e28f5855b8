-- One row per source system and instance, with the time that its data and its contacts span.
with

signs as (

    select
        source_system,
        source_instance,
        started_at as first_at,
        ended_at as last_at,
        'contact' as kind
    from {{ ref('int_contacts') }}

    union all

    select
        source_system,
        source_instance,
        attempted_at as first_at,
        attempted_at as last_at,
        'blocked attempt' as kind
    from {{ ref('int_blocked_attempts') }}

    union all

    select
        source_system,
        source_instance,
        event_at as first_at,
        event_at as last_at,
        'agent state' as kind
    from {{ ref('int_agent_state_events') }}

    union all

    select
        source_system,
        source_instance,
        sent_at as first_at,
        sent_at as last_at,
        'message' as kind
    from {{ ref('int_contact_messages') }}

    union all

    select
        source_system,
        source_instance,
        changed_at as first_at,
        changed_at as last_at,
        'ticket' as kind
    from {{ ref('int_ticket_status_changes') }}

),

source_horizons as (

    select
        source_system,
        source_instance,
        min(first_at) as first_event_at,
        max(coalesce(last_at, first_at)) as last_event_at,
        min(case when kind = 'contact' then first_at end) as first_contact_at,
        max(case when kind = 'contact' then first_at end) as last_contact_at,
        min(case when kind = 'agent state' then first_at end) as first_agent_state_at,
        max(case when kind = 'agent state' then first_at end) as last_agent_state_at
    from signs
    group by source_system, source_instance

)

select * from source_horizons
