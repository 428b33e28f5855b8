-- One row per agent and span of time in one team, of all enabled sources.
{{ union_sources('agents') }}
