-- One row per ticket and span of time in which one calendar held for it, of all enabled sources.
{{ union_sources('ticket_calendars') }}
