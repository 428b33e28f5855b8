-- One row per landed row of employment events, used or not.
{{ judged_files('employment_events') }}
