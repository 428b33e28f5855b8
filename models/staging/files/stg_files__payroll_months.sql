-- One row per landed row of payroll months, used or not.
{{ judged_files('payroll_months') }}
