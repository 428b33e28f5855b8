-- One row per landed row of contact reasons, used or not.
{{ judged_files('contact_reasons') }}
