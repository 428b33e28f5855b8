-- One row per landed row of queues, used or not.
{{ judged_files('queues') }}
