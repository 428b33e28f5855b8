-- One row per employee and question of an employee survey, by wave and team, of all enabled sources.
{{ union_sources('employee_survey_responses') }}
