-- One row per change of an agent's state on one track, of all enabled sources.
{{ union_sources('agent_state_events') }}
