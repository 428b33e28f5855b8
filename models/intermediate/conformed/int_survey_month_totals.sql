-- One row per month, channel and measure of which the source has totals and no single answers, of all enabled sources.
{{ union_sources('survey_month_totals') }}
