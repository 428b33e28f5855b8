-- One row per event of the agent event stream: the state in which it shows the agent.
{{ config(materialized='table') }}
{#- By priority: several contacts at once put an agent into the first of their states. #}
{%- set states = ['on_contact', 'after_contact_work', 'ringing', 'not_responding'] %}

with

agent_events as (

    select
        *,
        -- Of events of the same instant a log-in is the first and a log-out the last.
        case event_type
            when 'LOGIN' then 1
            when 'STATE_CHANGE' then 2
            when 'HEART_BEAT' then 3
            else 4
        end as event_rank
    from {{ ref('stg_amazon_connect__agent_events') }}
    where row_status = 'used'

),

contacts_of_events as (

    select
        source_instance,
        source_event_id,
        {{ each_element('contacts') }} as contact
    from agent_events

),

flat_contacts as (

    select
        contacts_of_events.source_instance,
        contacts_of_events.source_event_id,
        {{ value_at('contacts_of_events.contact', 'State') }} as contact_state,
        {{ value_at('contacts_of_events.contact', 'InitiationMethod') }} as initiation_method,
        {{ value_at('contacts_of_events.contact', 'StateStartTimestamp') }} as started_at_text
    from contacts_of_events

),

-- A contact on hold keeps the start of its connection, and is one like any other here.
contact_states as (

    select
        source_instance,
        source_event_id,
        case
            when
                contact_state in ('CONNECTED', 'CONNECTED_ONHOLD')
                or (contact_state = 'CONNECTING' and initiation_method = 'OUTBOUND')
                then 'on_contact'
            when contact_state = 'ENDED' then 'after_contact_work'
            when contact_state in ('INCOMING', 'PENDING', 'CONNECTING') then 'ringing'
            when contact_state in ('MISSED', 'REJECTED', 'ERROR') then 'not_responding'
        end as state,
        {{ utc_from_offset_text('started_at_text') }} as started_at
    from flat_contacts

),

states_of_events as (

    select
        source_instance,
        source_event_id
        {%- for state in states -%}
            ,
            bool_or(state = '{{ state }}') as is_{{ state }},
            min(case when state = '{{ state }}' then started_at end) as {{ state }}_started_at
        {%- endfor %}
    from contact_states
    where state is not null
    group by source_instance, source_event_id

),

events_with_state as (

    select
        agent_events.source_instance,
        agent_events.source_event_id,
        agent_events.agent_code,
        agent_events.event_type,
        agent_events.event_rank,
        case
            when
                agent_events.event_type = 'LOGOUT'
                or agent_events.status_type = 'OFFLINE'
                or (agent_events.status_type is null and agent_events.status_name = 'Offline')
                then 'offline'
            {%- for state in states %}
                when states_of_events.is_{{ state }} then '{{ state }}'
            {%- endfor %}
            when
                agent_events.status_type = 'ROUTABLE'
                or (agent_events.status_type is null and agent_events.status_name = 'Available')
                then 'available'
            else 'auxiliary'
        end as state,
        lower(agent_events.status_name) as status_reason,
        case
            {%- for state in states %}
                when states_of_events.is_{{ state }} then states_of_events.{{ state }}_started_at
            {%- endfor %}
            else agent_events.status_started_at
        end as state_started_at,
        {{ last_known(
            "case when agent_events.event_type <> 'HEART_BEAT' then agent_events.event_type end"
        ) }} over (
            partition by agent_events.source_instance, agent_events.agent_code
            order by
                agent_events.event_at, agent_events.event_rank, agent_events.source_event_id
            rows between unbounded preceding and current row
        ) as last_action,
        agent_events.event_at,
        agent_events.source_file,
        agent_events.source_row,
        agent_events.loaded_at
    from agent_events
    left join states_of_events
        on
            agent_events.source_instance = states_of_events.source_instance
            and agent_events.source_event_id = states_of_events.source_event_id

),

-- Heart beats go on for up to an hour after the log-off and are no sign of life.
living_events as (

    select
        *,
        case
            when state = 'auxiliary' then status_reason
            when state = 'not_responding' then 'system_rona'
        end as reason_code
    from events_with_state
    where event_type <> 'HEART_BEAT' or last_action is distinct from 'LOGOUT'

),

agent_snapshots as (

    select
        'amazon_connect' as source_system,
        source_instance,
        source_event_id,
        agent_code,
        event_type,
        state,
        lag(state) over per_agent as previous_state,
        reason_code,
        lag(reason_code) over per_agent as previous_reason_code,
        row_number() over per_agent as event_number,
        -- A state that began since the event before is dated by itself, others by the event.
        case
            when state_started_at > lag(event_at) over per_agent and state_started_at < event_at
                then state_started_at
            else event_at
        end as entered_at,
        lag(event_at) over per_agent as previous_event_at,
        event_at,
        lead(event_at) over per_agent as next_event_at,
        source_file,
        source_row,
        loaded_at
    from living_events
    window
        per_agent as (
            partition by source_instance, agent_code
            order by event_at, event_rank, source_event_id
        )

)

select * from agent_snapshots
