-- One row per month, agent version and KPI.
{{ kpi_table('month', by='agent') }}
