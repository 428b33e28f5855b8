-- One row per month, channel and KPI.
{{ kpi_table('month', by='channel') }}
