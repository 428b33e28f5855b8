-- One row per connection of one agent with a contact of the sample, of every channel.
{{ config(materialized='table') }}

{{ union_models([
    'int_sample__call_agent_legs',
    'int_sample__chat_agent_legs',
    'int_sample__written_agent_legs',
    'int_sample__outbound_agent_legs',
]) }}
