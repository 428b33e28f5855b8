-- One row per landed row of survey answers, used or not.
{{ judged_files('survey_answers') }}
