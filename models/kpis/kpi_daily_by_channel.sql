-- One row per date, channel and KPI.
{{ kpi_table('day', by='channel') }}
