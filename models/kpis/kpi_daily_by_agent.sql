-- One row per date, agent version and KPI.
{{ kpi_table('day', by='agent') }}
