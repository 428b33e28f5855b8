-- One row per team, of all enabled sources.
{{ union_sources('teams') }}
