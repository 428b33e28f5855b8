-- One row per connection of one agent with a contact, of all enabled sources.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_contacts() }}'
) }}

select * from ({{ union_sources('agent_legs') }}) as agent_legs
{{ of_touched_contacts('connected_at') }}
