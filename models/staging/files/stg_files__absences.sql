-- One row per landed row of absences, used or not.
{{ judged_files('absences') }}
