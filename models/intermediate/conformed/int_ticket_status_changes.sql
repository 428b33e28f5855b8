-- One row per change of the status or queue of a ticket, of all enabled sources.
{{ union_sources('ticket_status_changes') }}
