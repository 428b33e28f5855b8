-- One row per employee and question of an employee survey, of all enabled sources.
{{ union_sources('employee_survey_responses') }}
