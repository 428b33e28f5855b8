-- One row per entry of an inbound contact into a queue, of all enabled sources.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook='{{ forget_touched_contacts() }}'
) }}

select * from ({{ union_sources('queue_visits') }}) as queue_visits
{{ of_touched_contacts('offered_at') }}
