-- One row per date, campaign and KPI.
{{ kpi_table('day', by='campaign') }}
