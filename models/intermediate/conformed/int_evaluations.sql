-- One row per evaluation of an agent on one contact, of all enabled sources.
{{ union_sources('evaluations') }}
