-- One row per UTC quarter hour, queue, channel and KPI.
{{ kpi_table('interval', by='queue') }}
