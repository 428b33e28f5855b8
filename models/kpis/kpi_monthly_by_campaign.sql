-- One row per month, campaign and KPI.
{{ kpi_table('month', by='campaign') }}
