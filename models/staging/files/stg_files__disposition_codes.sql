-- One row per landed row of disposition codes, used or not.
{{ judged_files('disposition_codes') }}
