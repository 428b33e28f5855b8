-- One row per absence of an agent on one day of work, of all enabled sources.
{{ union_sources('absences') }}
