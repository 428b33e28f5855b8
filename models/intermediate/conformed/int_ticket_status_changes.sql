-- One row per change of the status, queue or assignee of a ticket, of all enabled sources.
{{ union_sources('ticket_status_changes') }}
