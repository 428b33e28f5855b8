-- One row per date and KPI, for the whole center.
{{ kpi_table('day') }}
