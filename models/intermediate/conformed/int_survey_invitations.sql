-- One row per survey sent about a contact, delivered or not, of all enabled sources.
{{ union_sources('survey_invitations') }}
