-- One row per attempt to reach a customer, of all enabled sources.
{{ union_sources('outbound_attempts') }}
