-- One row per calendar and holiday, of all enabled sources.
{{ union_sources('calendar_holidays') }}
