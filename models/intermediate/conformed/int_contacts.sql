-- One row per contact that reached the switch: one source root id in one channel, of all enabled sources.
{{ union_sources('contacts') }}
