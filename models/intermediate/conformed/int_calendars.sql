-- One row per calendar of service hours, of all enabled sources.
{{ union_sources('calendars') }}
