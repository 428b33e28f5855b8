-- One row per employment of an agent, from the day of hiring to the last day of work.
{{ config(materialized='table') }}

with

employment_events as (

    select * from {{ ref('int_employment_events') }}
    where event_type in ('hired', 'rehired', 'left')

),

events_in_order as (

    select
        *,
        lead(event_type) over per_agent as next_event_type,
        lead(effective_on) over per_agent as next_effective_on,
        lead(leaving_kind) over per_agent as next_leaving_kind
    from employment_events
    window per_agent as (
        partition by source_system, source_instance, agent_code
        order by effective_on, source_event_id
    )

),

employments as (

    select
        source_system,
        source_instance,
        agent_code,
        person_hash,
        effective_on as hired_on,
        case when next_event_type = 'left' then next_effective_on end as left_on,
        case when next_event_type = 'left' then next_leaving_kind end as leaving_kind
    from events_in_order
    where event_type <> 'left'

)

select * from employments
