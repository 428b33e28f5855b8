-- One row per landed row of employee survey responses, used or not.
{{ judged_files('employee_survey_responses') }}
