-- One row per month and KPI, for the whole center.
{{ kpi_table('month') }}
