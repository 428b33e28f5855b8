-- One row per queue that the source describes, of all enabled sources.
{{ union_sources('queues') }}
