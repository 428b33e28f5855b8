-- One row per month, currency and KPI.
{{ config(pre_hook="{{ forget_kpis('month', 'currency') }}") }}
{{ kpi_table('month', by='currency') }}
