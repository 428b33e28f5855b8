-- One row per question of a survey form and span of time on one scale, of all enabled sources.
{{ union_sources('survey_questions') }}
