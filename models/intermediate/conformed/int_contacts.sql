-- One row per contact that reached the switch, of all enabled sources.
{{ union_sources('contacts') }}
