-- One row per planned activity of an agent in one published version of a day, of all sources.
{{ union_sources('schedule_activities') }}
