-- One row per business event, of all enabled sources.
{{ union_sources('business_events') }}
