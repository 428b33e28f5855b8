-- One row per contact that reached the switch, of all enabled sources.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_contacts() }}'
) }}

select * from ({{ union_sources('contacts') }}) as contacts
{{ of_touched_contacts('started_at') }}
