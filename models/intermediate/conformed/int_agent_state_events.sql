-- One row per change of the state of an agent on one track, of all enabled sources.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_touched_agent_days('event_at') }}"
) }}

select * from ({{ union_sources('agent_state_events') }}) as agent_state_events
{{ of_touched_agent_days('event_at') }}
