-- One row per session of a contact of the sample in the IVR or a bot.
{{ config(materialized='table') }}

{{ union_models([
    'int_sample__call_self_service_sessions',
    'int_sample__chat_self_service_sessions',
    'int_sample__thread_self_service_sessions',
]) }}
