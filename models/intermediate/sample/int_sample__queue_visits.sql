-- One row per entry of a contact of the sample into a queue, of every channel.
{{ config(materialized='table') }}

{{ union_models([
    'int_sample__call_queue_visits',
    'int_sample__chat_queue_visits',
    'int_sample__written_queue_visits',
]) }}
