-- One row per entry of an inbound contact into a queue, of all enabled sources.
{{ union_sources('queue_visits') }}
