-- One row per contact reason that the source describes, of all enabled sources.
{{ union_sources('contact_reasons') }}
