-- One row per month, channel and measure known by totals only, of all enabled sources.
{{ union_sources('survey_month_totals') }}
