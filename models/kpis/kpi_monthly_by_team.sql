-- One row per month, team and KPI.
{{ kpi_table('month', by='team') }}
