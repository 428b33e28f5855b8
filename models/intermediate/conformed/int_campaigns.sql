-- One row per outbound campaign, of all enabled sources.
{{ union_sources('campaigns') }}
