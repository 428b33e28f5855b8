-- One row per answer to one question of a survey, of all enabled sources.
{{ union_sources('survey_answers') }}
