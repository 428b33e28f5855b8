-- One row per date, queue, channel and KPI.
{{ kpi_table('day', by='queue') }}
