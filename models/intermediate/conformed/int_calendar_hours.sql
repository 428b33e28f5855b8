-- One row per calendar, weekday and span of time in which its hours hold, of all enabled sources.
{{ union_sources('calendar_hours') }}
