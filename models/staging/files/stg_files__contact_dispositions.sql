-- One row per landed row of contact dispositions, used or not.
{{ judged_files('contact_dispositions') }}
