-- One row per attempt that found all trunks busy, of all enabled sources.
{{ union_sources('blocked_attempts') }}
