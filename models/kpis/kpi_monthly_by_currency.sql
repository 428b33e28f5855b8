-- One row per month, currency and KPI.
{{ kpi_table('month', by='currency') }}
