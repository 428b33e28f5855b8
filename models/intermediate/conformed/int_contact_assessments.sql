-- One row per contact that an agent or a speech analysis judged, of all enabled sources.
{{ union_sources('contact_assessments') }}
