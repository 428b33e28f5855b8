-- One row per queue, channel and day that a source gives in total, of all enabled sources.
{{ union_sources('queue_day_totals') }}
