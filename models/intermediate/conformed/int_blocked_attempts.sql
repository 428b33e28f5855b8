-- One row per attempt that found all trunks busy and never became a contact, of all enabled sources.
{{ union_sources('blocked_attempts') }}
