-- One row per date, team and KPI.
{{ kpi_table('day', by='team') }}
