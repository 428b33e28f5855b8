-- One row per customer that a source's directory lists, of all enabled sources.
{{ union_sources('customers') }}
