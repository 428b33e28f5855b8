-- One row per event in the employment of an agent, of all enabled sources.
{{ union_sources('employment_events') }}
