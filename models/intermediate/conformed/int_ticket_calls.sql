-- One row per ticket about a call that another source may deliver, of all enabled sources.
{{ union_sources('ticket_calls') }}
