-- One row per agent and month of payroll, of all enabled sources.
{{ union_sources('payroll_months') }}
