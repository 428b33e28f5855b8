-- One row per session of a contact in an IVR or bot, of all enabled sources.
{{ union_sources('self_service_sessions') }}
