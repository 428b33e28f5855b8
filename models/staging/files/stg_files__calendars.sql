-- One row per landed row of calendars, used or not.
{{ judged_files('calendars') }}
