-- One row per connection of one agent with a contact, of all enabled sources.
{{ union_sources('agent_legs') }}
