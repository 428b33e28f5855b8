-- One row per contact that reached the switch, of all enabled sources.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ note_touched_customers() }}{{ forget_touched_contacts() }}',
    post_hook='{{ note_touched_customers() }}'
) }}

select * from ({{ union_sources('contacts') }}) as contacts
{{ of_touched_contacts('started_at') }}
