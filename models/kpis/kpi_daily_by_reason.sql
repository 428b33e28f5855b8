-- One row per date, contact reason and KPI.
{{ kpi_table('day', by='reason') }}
