-- One row per target that a ticket was given, or lost, of all enabled sources.
{{ union_sources('ticket_sla_targets') }}
