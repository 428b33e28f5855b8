-- One row per contact and position of a wrap-up code, in its last version, of all enabled sources.
{{ union_sources('contact_dispositions') }}
