-- One row per landed row of evaluations, used or not.
{{ judged_files('evaluations') }}
