-- One row per wrap-up code and span of time in one category, of all enabled sources.
{{ union_sources('disposition_codes') }}
