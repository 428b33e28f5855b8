-- One row per message of a contact or ticket, of all enabled sources.
{{ union_sources('contact_messages') }}
