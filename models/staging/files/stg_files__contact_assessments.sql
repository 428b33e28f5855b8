-- One row per landed row of contact assessments, used or not.
{{ judged_files('contact_assessments') }}
