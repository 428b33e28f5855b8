-- One row per ticket, of all enabled sources.
{{ union_sources('tickets') }}
