-- One row per landed row of survey invitations, used or not.
{{ judged_files('survey_invitations') }}
