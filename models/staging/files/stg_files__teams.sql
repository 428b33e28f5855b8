-- One row per landed row of teams, used or not.
{{ judged_files('teams') }}
