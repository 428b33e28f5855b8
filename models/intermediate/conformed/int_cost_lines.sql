-- One row per line of a cost ledger, of all enabled sources.
{{ union_sources('cost_lines') }}
