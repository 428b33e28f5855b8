-- One row per planned activity of an agent in one published version of a day, of all enabled sources.
{{ union_sources('schedule_activities') }}
