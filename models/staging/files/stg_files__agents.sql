-- One row per landed row of agents, used or not.
{{ judged_files('agents') }}
