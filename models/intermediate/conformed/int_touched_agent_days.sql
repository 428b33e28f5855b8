-- One row per agent of a sliced source and UTC date on which anything is new.
{{ union_sources('touched_agent_days') }}
