-- One row per contact of a sliced source on which anything is new since the last green build.
{{ union_sources('touched_contacts') }}
