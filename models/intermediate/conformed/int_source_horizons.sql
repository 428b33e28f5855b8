-- One row per source system and instance, with the time its data spans.
with

signs as (

    select
        source_system,
        source_instance,
        started_at as first_at,
        ended_at as last_at,
        false as is_agent_state
    from {{ ref('int_contacts') }}

    union all

    select
        source_system,
        source_instance,
        attempted_at as first_at,
        attempted_at as last_at,
        false as is_agent_state
    from {{ ref('int_blocked_attempts') }}

    union all

    select
        source_system,
        source_instance,
        event_at as first_at,
        event_at as last_at,
        true as is_agent_state
    from {{ ref('int_agent_state_events') }}

    union all

    select
        source_system,
        source_instance,
        sent_at as first_at,
        sent_at as last_at,
        false as is_agent_state
    from {{ ref('int_contact_messages') }}

    union all

    select
        source_system,
        source_instance,
        changed_at as first_at,
        changed_at as last_at,
        false as is_agent_state
    from {{ ref('int_ticket_status_changes') }}

),

source_horizons as (

    select
        source_system,
        source_instance,
        min(first_at) as first_event_at,
        max(coalesce(last_at, first_at)) as last_event_at,
        min(case when is_agent_state then first_at end) as first_agent_state_at,
        max(case when is_agent_state then last_at end) as last_agent_state_at
    from signs
    group by source_system, source_instance

)

select * from source_horizons
