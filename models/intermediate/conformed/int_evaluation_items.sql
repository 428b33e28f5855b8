-- One row per item of an evaluation, of all enabled sources.
{{ union_sources('evaluation_items') }}
