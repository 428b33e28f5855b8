-- One row per landed row of customers, used or not.
{{ judged_files('customers') }}
